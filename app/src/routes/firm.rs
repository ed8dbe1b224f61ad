//! The pages of people who work for an accounting firm, beside every site.

/// A page over all clients of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FirmPage {
    /// Portefeuille: the clients.
    Clients,
    /// Collaborateurs: what was handed on, by person and client.
    Collaborators,
    /// Handing rights on over several clients, step 2: which.
    HandOn,
    /// Demandes d'accès.
    Requests,
}

impl FirmPage {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Clients, Self::Collaborators, Self::HandOn, Self::Requests];
    /// Those with a tab, in order.
    pub const TABS: [Self; 3] = [Self::Clients, Self::Collaborators, Self::Requests];

    pub(super) const fn slug(self) -> &'static str {
        match self {
            Self::Clients => "portefeuille",
            Self::Collaborators => "portefeuille/collaborateurs",
            Self::HandOn => "portefeuille/collaborateurs/droits",
            Self::Requests => "portefeuille/demandes",
        }
    }
}
