//! One line of the list of clients.

use super::Holding;
use crate::dsn::DsnState;
use crate::id::SiteId;
use crate::sites::siret::Siret;

/// A site where somebody works for a firm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub name: String,
    /// The company's.
    pub company: String,
    /// Its SIRET.
    pub siret: Siret,
    /// Ville.
    pub city: String,
    /// What the person holds there.
    pub holding: Holding,
    /// What its alerts come to; none without the right on Suivi DSN, so that neither a filter nor the order nor a number tells of them
    /// (A17).
    pub dsn: Option<DsnState>,
    /// Whether the person may hand on rights there: its page of rights is open to them.
    pub gives: bool,
    /// Whether the person has marked it.
    pub is_favourite: bool,
}
