//! Making the two letters of every site that waits for them (S1–S3, D16).

use crate::ports::{Draft, Kept, LetterPair, Post};
use crate::{Fault, Services};
use domain::id::LetterId;
use domain::identity::letter::LetterState;
use domain::identity::letter_code::LetterCode;
use domain::sites::siret::Siret;
use jiff::SignedDuration;
use store::NewLetter;

/// Life of a letter's code (A1).
const LIFE: SignedDuration = SignedDuration::from_hours(24 * 90);

/// What a run of letters made.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct LettersReport {
    /// Name of the batch: the folder the letters are in. Empty when there was nothing to make.
    pub batch: String,
    /// Pairs of letters made.
    pub made: usize,
    /// Pairs an interrupted run had left and this one finished or removed.
    pub finished: usize,
    /// SIRETs whose name or address fits no letter, or whose letters the print service refuses, with the reason: to be corrected in
    /// the members file.
    pub unprintable: Vec<(String, String)>,
}

impl Services {
    /// Makes the letters of every site that needs them. A pair is drafted, then its code becomes live, then it joins the batch:
    /// whatever stops the run in between is put right by the next one. The code is on paper only.
    ///
    /// # Errors
    /// Those of the disk, of a print service and of the database; letters made before the error stay made.
    pub async fn make_letters(&self, post: &dyn Post, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<LettersReport, Fault> {
        let paris = self.clock.paris(self.clock.now());
        let batch = paris.strftime("%Y-%m-%d-%Hh%Mm%S").to_string();
        let mut report = LettersReport::default();
        self.finish_drafts(post, &mut report).await?;
        let total = usize::try_from(self.store.count_letter_jobs().await?).unwrap_or(usize::MAX);
        let mut after = String::new();
        loop {
            let jobs = self.store.list_letter_jobs(&after, 200).await?;
            let Some(last) = jobs.last() else { break };
            after = last.site.to_string();
            for job in jobs {
                let id: LetterId = self.fresh()?;
                let mut random = [0u8; 8];
                self.dice.fill(&mut random);
                let code = LetterCode::from_random(random);
                let hash = self.hasher.hash_code(&code, &self.key.code_salt(job.site.as_str())).await?;
                let now = self.clock.now();
                let drafted = post
                    .draft(&LetterPair {
                        id: &id,
                        company: &job.name,
                        holder: &job.holder,
                        address: &job.address,
                        siret: &job.siret,
                        identifiant: &job.identifiant,
                        code: &code,
                        valid_until: self.clock.paris(now + LIFE).date(),
                        dated: paris.date(),
                    })
                    .await?;
                if let Draft::Unprintable(reason) = drafted {
                    report.unprintable.push((job.siret.to_string(), reason));
                    continue;
                }
                self.store
                    .record_letter(NewLetter { id: &id, site: &job.site, batch: &batch, code: &hash, expires: now + LIFE, now })
                    .await?;
                if self.keep(post, &id, &batch, &job.siret, &mut report).await? {
                    report.made += 1;
                    progress(report.made, total.max(report.made));
                }
            }
        }
        Ok(report)
    }

    /// Puts right what an interrupted run left: a pair the database knows goes where it was going, another is removed.
    async fn finish_drafts(&self, post: &dyn Post, report: &mut LettersReport) -> Result<(), Fault> {
        for id in post.drafts().await? {
            let Some(letter) = self.store.find_letter(&id).await? else {
                post.discard(&id).await?;
                report.finished += 1;
                continue;
            };
            let is_done = match letter.state {
                LetterState::Printed => self.keep(post, &id, &letter.batch, &letter.siret, report).await?,
                LetterState::Posted => post.settle(&id, &letter.batch).await.map(|()| true)?,
                LetterState::Void => post.withdraw(&id, &letter.batch, letter.posted.is_some()).await.map(|()| true)?,
            };
            report.finished += usize::from(is_done);
        }
        Ok(())
    }

    /// Puts a recorded pair where it goes; false when the print service wants none of it: it is taken back then, and its site
    /// waits for others.
    async fn keep(&self, post: &dyn Post, id: &LetterId, batch: &str, siret: &Siret, report: &mut LettersReport) -> Result<bool, Fault> {
        let kept = post.keep(id, batch).await?;
        let now = self.clock.now();
        if let Kept::Refused(reason) = kept {
            self.store.void_letter(id, &reason, &self.ulid(), now).await?;
            post.withdraw(id, batch, false).await?;
            self.store.want_letters(siret, &self.ulid(), now).await?;
            report.unprintable.push((siret.to_string(), reason));
            return Ok(false);
        }
        if kept == Kept::Handed {
            self.store.mark_letter_posted(id, &self.ulid(), now).await?;
            post.settle(id, batch).await?;
        }
        batch.clone_into(&mut report.batch);
        Ok(true)
    }
}
