//! Rights that come to their end: said thirty days, seven days and one day ahead, to the person and to who may renew them, and on the
//! day after to both. That they give nothing more the policy sees to, whether this runs or not.

use crate::links::Notices;
use crate::mails::MailContent;
use crate::{Fault, Services, Visit};
use domain::delegations::acts::Act;
use domain::delegations::ending::{self, Due};
use domain::delegations::{Role, beneficiary::RightsDraft};
use domain::id::{DelegationId, SiteId};
use domain::identity::password::Password;
use domain::refusal::Refusal;
use jiff::civil::Date;
use store::{Ending, Renewer};

use crate::{BeneficiaryPage, Change, Origin, SessionKey};

/// Rights looked at together.
const BATCH: usize = 200;

impl Services {
    /// Writes what is due about the end of rights, and says how many were dealt with; run by a job, safe to run twice and anywhere.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn remind_ends(&self) -> Result<usize, Fault> {
        let (today, mut written) = (self.clock.today(), 0);
        loop {
            let endings = self.store.list_endings(BATCH, today).await?;
            let mut progressed = 0;
            for ending in &endings {
                progressed += usize::from(self.remind_end(ending, today).await?);
            }
            written += progressed;
            if progressed == 0 || endings.len() < BATCH {
                return Ok(written);
            }
        }
    }

    async fn remind_end(&self, ending: &Ending, today: Date) -> Result<bool, Fault> {
        let (Some(last), now) = (ending.delegation.ends, self.clock.now()) else { return Ok(false) };
        let given = self.clock.paris(ending.created).date();
        match ending::due(last, given, ending.reminded, today) {
            Some(Due::Soon(ahead)) => {
                let notices = self.end_mails(ending, last, today, false).await?;
                Ok(self.store.remind_of_end(ending, ahead, &notices.messages()?, now).await?)
            }
            Some(Due::Over) => {
                let notices = self.end_mails(ending, last, today, true).await?;
                Ok(self.store.tell_end(ending, &notices.messages()?, &self.ulid(), now).await?)
            }
            // Given when the day of a reminder had come: noted as said, so that it is not looked at each hour.
            None => match ending::passed(Some(last), today) {
                Some(ahead) => Ok(self.store.remind_of_end(ending, ahead, &[], now).await?),
                None => Ok(false),
            },
        }
    }

    /// The mails about one end: to the person, and to each who may renew it.
    async fn end_mails(&self, ending: &Ending, last: Date, today: Date, is_over: bool) -> Result<Notices, Fault> {
        let mut notices = Notices::default();
        let (site, ends) = (ending.site_name.clone(), last.to_string());
        let mail = |first: &str, own: bool, page: String| {
            let (first, who, site, ends) = (first.to_owned(), ending.name.full(), site.clone(), ends.clone());
            if is_over {
                MailContent::RightsExpired { first, who, site, ends, own, page }
            } else {
                MailContent::RightsEnding { first, who, site, ends, own, page }
            }
        };
        if !ending.email.is_empty() {
            notices.add(&ending.email, self.fresh()?, mail(&ending.name.first, true, String::new()));
        }
        for person in self.renewers(ending, today).await? {
            notices.add(&person.email, self.fresh()?, mail(&person.first, false, renewal(ending, is_over)));
        }
        Ok(notices)
    }

    /// Who may renew: for what a firm has handed on, the firm; otherwise the giver if still administrator, or every administrator.
    async fn renewers(&self, ending: &Ending, today: Date) -> Result<Vec<Renewer>, Fault> {
        let site = &ending.delegation.site;
        let mut people = match (&ending.delegation.above, &ending.giver) {
            (Some(firm), _) => self.store.find_firm_person(firm, today).await?,
            (None, Some(giver)) => self.store.list_renewers(site, Some(giver), today).await?,
            (None, None) => Vec::new(),
        };
        if people.is_empty() && ending.delegation.above.is_none() {
            people = self.store.list_renewers(site, None, today).await?;
        }
        people.retain(|person| person.account != ending.account && !person.email.is_empty());
        people.sort_by(|a, b| a.account.cmp(&b.account));
        people.dedup_by(|a, b| a.account == b.account);
        Ok(people)
    }

    /// Prolonger: the same rights until another last day, in one step.
    ///
    /// # Errors
    /// As [`Services::modify_rights`].
    pub async fn prolong_rights(
        &self,
        visit: &Visit,
        site: &SiteId,
        line: (&DelegationId, i64),
        ends: &str,
        current: Option<&Password>,
        origin: &Origin,
    ) -> Result<Option<SessionKey>, Fault> {
        let (key, rev) = line;
        let found = self.beneficiary(visit, site, key).await?;
        if !found.line.acts.contains(&Act::Modify) {
            return Err(Refusal::NotFound.into());
        }
        if ends.trim().is_empty() {
            return Err(crate::links::one_field("ends", domain::form::Reason::Missing));
        }
        let rights: RightsDraft = found.draft();
        let starts = found.line.starts.to_string();
        let change = Change { key, rev, starts: &starts, ends, rights: &rights };
        self.modify_rights(visit, site, &change, current, origin).await
    }
}

/// The page where somebody's rights are renewed: a firm's are deleted and given again (S114), others changed.
fn renewal(ending: &Ending, is_over: bool) -> String {
    let (site, key) = (&ending.delegation.site, &ending.delegation.id);
    let page = if is_over || ending.delegation.role == Role::Cabinet { "" } else { "/modification" };
    format!("/site/{site}/droits/{key}{page}")
}

impl BeneficiaryPage {
    /// The last day to propose to whoever may prolong these rights: the same length again, within what they hold themselves. None
    /// where nothing can be prolonged.
    #[must_use]
    pub fn proposed(&self, bound: Option<Date>) -> Option<Date> {
        let ends = self.line.ends.filter(|_| self.line.acts.contains(&Act::Modify))?;
        let again = ending::again(self.line.starts, ends)?;
        let proposed = bound.map_or(again, |bound| again.min(bound));
        (proposed > ends).then_some(proposed)
    }
}
