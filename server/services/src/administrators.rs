//! Those who administer a site are told when somebody else does by a gift of rights (T60): a security mail, whatever they chose.

use crate::delegations::Ground;
use crate::links::Notices;
use crate::mails::MailContent;
use crate::{Fault, Services};
use domain::delegations::{Delegation, State};
use domain::id::SiteId;
use store::Beneficiary;

/// Somebody who administers a site from now on.
pub(crate) struct Added<'a> {
    /// The site.
    pub(crate) site: &'a SiteId,
    /// Its name.
    pub(crate) site_name: &'a str,
    /// Who it is.
    pub(crate) who: &'a str,
    /// Their address.
    pub(crate) email: &'a str,
    /// Who made them so.
    pub(crate) by: &'a str,
}

impl Services {
    /// A mail to each who administers the site today, but the new one.
    pub(crate) async fn add_administrator_notices(&self, notices: &mut Notices, added: &Added<'_>) -> Result<(), Fault> {
        let mut people = self.store.list_renewers(added.site, None, self.clock.today()).await?;
        people.retain(|person| person.email != added.email && !person.email.is_empty());
        people.sort_by(|a, b| a.account.cmp(&b.account));
        people.dedup_by(|a, b| a.account == b.account);
        for person in people {
            let (who, by, site) = (added.who.to_owned(), added.by.to_owned(), added.site_name.to_owned());
            notices.add(&person.email, self.fresh()?, MailContent::AdministratorAdded { first: person.first, who, site, by });
        }
        Ok(())
    }

    /// Who hears that rights were changed: the person, and those who administer the site when the person does from now on.
    pub(crate) async fn modified_notices(
        &self,
        ground: &Ground,
        line: &Beneficiary,
        changed: &Delegation,
        by: &str,
    ) -> Result<Notices, Fault> {
        let mut notices = Notices::default();
        if line.delegation.state != State::Open {
            return Ok(notices);
        }
        let (first, site) = (line.name.first.clone(), ground.site_name.clone());
        notices.add(&line.email, self.fresh()?, MailContent::RightsModified { first, site, by: by.to_owned() });
        if changed.role.is_administrator() && !line.delegation.role.is_administrator() {
            let who = line.name.full();
            let added = Added { site: &changed.site, site_name: &ground.site_name, who: &who, email: &line.email, by };
            self.add_administrator_notices(&mut notices, &added).await?;
        }
        Ok(notices)
    }
}
