//! Who is asking.

use crate::delegations::Delegation;
use crate::id::AccountId;
use crate::identity::person::PersonName;

/// A logged-in person with the delegations the request needs, already loaded: those of the site in the URL, or all of them
/// where a list of sites is shown.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Their account.
    pub account: AccountId,
    /// Their name, for the top bar.
    pub name: PersonName,
    /// Their live and past delegations, as far as loaded.
    pub delegations: Vec<Delegation>,
}
