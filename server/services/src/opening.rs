//! Opening an account with the two letters (S9–S28).

use crate::links::LINK;
use crate::mails::MailContent;
use crate::throttle::{Counter, network};
use crate::{Fault, Origin, Services, password};
use domain::id::{AccountId, DelegationId, SiteId};
use domain::identity::opening::{AccountDraft, LettersDraft};
use domain::refusal::Refusal;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use store::{CodeMatch, Holder, NewAccount, Opened};

/// How long one may take between the two steps.
const VISIT: SignedDuration = SignedDuration::from_mins(30);

/// What step 1/2 proved; travels sealed in a cookie until step 2/2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The site of the letters.
    pub site: SiteId,
    /// Hash of the code that step 2/2 will use up.
    pub code: String,
    /// When the visit is over, Unix seconds.
    pub until: i64,
    /// The mobile that was certified during this visit (A47).
    #[serde(default)]
    pub mobile: Option<String>,
}

/// The site of an opening, for step 2/2.
#[derive(Debug, Clone)]
pub struct ProvenSite(pub Holder);

impl Services {
    /// Step 1/2: the three values must fit one site together (S13, S14).
    ///
    /// # Errors
    /// `Invalid`, `TooMany`, or `WrongLetter` whatever was wrong (A3, D12): same answer, same time.
    pub async fn prove_letters(&self, draft: &LettersDraft, origin: &Origin) -> Result<Opening, Fault> {
        let letters = draft.parse()?;
        self.reserve(Counter::LetterAddress, &network(origin.address)).await?;
        self.reserve(Counter::Identifiant, letters.identifiant.as_str()).await?;
        let known = self.store.find_site_by_letters(letters.identifiant.as_str(), &letters.siret).await?;
        // Unknown sites cost the same hash and the same write as known ones.
        let site = match &known {
            Some(site) => site.clone(),
            None => self.fresh()?,
        };
        let code = self.hasher.hash_code(&letters.code, &self.key.code_salt(site.as_str())).await?;
        let now = self.clock.now();
        match (self.store.try_code(&site, &code, &self.ulid(), now).await?, known) {
            (CodeMatch::Live, Some(site)) => Ok(Opening { site, code, until: (now + VISIT).as_second(), mobile: None }),
            (CodeMatch::Live | CodeMatch::No, _) => Err(Refusal::WrongLetter.into()),
        }
    }

    /// What step 2/2 shows: the site, and the holder's name as the fund knows it (S21).
    ///
    /// # Errors
    /// `FlowLost` when the visit took too long.
    pub async fn proven_site(&self, opening: &Opening) -> Result<ProvenSite, Fault> {
        self.still_open(opening)?;
        self.store.find_holder(&opening.site).await?.map(ProvenSite).ok_or_else(|| Refusal::FlowLost.into())
    }

    /// Step 2/2: opens the account and writes its activation mail (S15–S28). Nobody is logged in by it.
    ///
    /// # Errors
    /// `Invalid` by field; `FlowLost` when the visit is over, was for another site than the page shows (two tabs), or its code
    /// went meanwhile; `MailTaken` (A6).
    pub async fn open_account(&self, opening: &Opening, draft: &AccountDraft) -> Result<(), Fault> {
        self.still_open(opening)?;
        if draft.site != opening.site.as_str() {
            return Err(Refusal::FlowLost.into());
        }
        let new = draft.parse()?;
        let holder = self.store.find_holder(&opening.site).await?.ok_or(Refusal::FlowLost)?;
        let password = password::normalized(new.password.reveal()).map_err(|reason| draft.refused("password", reason))?;
        let own = password::own_words(new.email.as_str(), &new.name.first, &new.name.last);
        let site = &holder.site;
        let words = [holder.company.as_str(), &site.name, site.siret.as_str(), site.siret.siren(), &site.identifiant];
        let words: Vec<&str> = own.iter().map(String::as_str).chain(words).collect();
        password::check(&password, &words).map_err(|reason| draft.refused("password", reason))?;
        let hash = self.hasher.hash(&password).await?;

        let (account, delegation): (AccountId, DelegationId) = (self.fresh()?, self.fresh()?);
        let now = self.clock.now();
        let activation = MailContent::Activation { first: new.name.first.clone(), until: (now + LINK).as_second() };
        let activation = self.draft_link(new.email.as_str(), new.email.as_str(), activation)?;
        let site = holder.site.name.clone();
        let notices = self.notices(&opening.site, |first| MailContent::NewAdministrator { first, site: site.clone() }).await?;
        let mobile = new.mobile.as_ref().map(domain::identity::phone::Phone::as_str);
        let opened = self
            .store
            .open_account(NewAccount {
                id: &account,
                email_key: &self.key.email_key(new.email.as_str()),
                email: new.email.as_str(),
                first: &new.name.first,
                last: &new.name.last,
                known_name: &format!("{} {}", holder.first, holder.last),
                phone: new.phone.as_ref().map(domain::identity::phone::Phone::as_str),
                mobile,
                mobile_certified: (mobile.is_some() && mobile == opening.mobile.as_deref()).then_some(now),
                password: &hash,
                site: &opening.site,
                code: &opening.code,
                delegation: &delegation,
                today: self.clock.today(),
                link: activation.link()?,
                notices: notices.messages()?,
                now,
            })
            .await?;
        match opened {
            Opened::Yes => Ok(()),
            Opened::MailTaken => Err(Refusal::MailTaken.into()),
            Opened::CodeGone => Err(Refusal::FlowLost.into()),
        }
    }

    pub(crate) fn still_open(&self, opening: &Opening) -> Result<(), Fault> {
        if self.clock.now().as_second() < opening.until { Ok(()) } else { Err(Refusal::FlowLost.into()) }
    }
}
