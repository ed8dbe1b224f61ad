//! The pages of people who work for an accounting firm, beside every site.

/// A page over all clients of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FirmPage {
    /// Portefeuille: the clients.
    Clients,
    /// Collaborateurs: what was handed on, by person and client.
    Collaborators,
    /// Demandes d'accès.
    Requests,
}

impl FirmPage {
    /// All of them, in the order of their tabs.
    pub const ALL: [Self; 3] = [Self::Clients, Self::Collaborators, Self::Requests];

    pub(super) const fn slug(self) -> &'static str {
        match self {
            Self::Clients => "portefeuille",
            Self::Collaborators => "portefeuille/collaborateurs",
            Self::Requests => "portefeuille/demandes",
        }
    }
}
