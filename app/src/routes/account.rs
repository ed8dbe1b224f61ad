//! The pages of one’s own account.

/// The pages of one's own account. Inside a site, [`AccountPage::Contact`] is the service « Connexion et contact ».
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountPage {
    /// Tab « Connexion et contact » (S98).
    Contact,
    /// Modifier adresse mail (S99).
    Email,
    /// Modifier mot de passe (S100).
    Password,
    /// Modifier contact (S101).
    EditContact,
    /// Tab « Sécurité »: second factors, devices and journal.
    Security,
    /// Adding an application that shows codes.
    AddApp,
    /// Adding a passkey.
    AddPasskey,
    /// Recovery codes: shown once, made anew.
    Recovery,
    /// Removing an application or a passkey.
    RemoveFactor,
    /// Tab « Mes données ».
    Data,
    /// Everything that is keyed to the person, to read and to print.
    DataRead,
    /// Effacer mes données.
    Erase,
    /// Tab « Notifications »: mails about rights, site by site.
    Notifications,
}

impl AccountPage {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Contact,
        Self::Email,
        Self::Password,
        Self::EditContact,
        Self::Security,
        Self::AddApp,
        Self::AddPasskey,
        Self::Recovery,
        Self::RemoveFactor,
        Self::Data,
        Self::DataRead,
        Self::Erase,
        Self::Notifications,
    ];

    pub(super) const fn slug(self) -> &'static str {
        match self {
            Self::Contact => "compte",
            Self::Email => "compte/mail",
            Self::Password => "compte/mot-de-passe",
            Self::EditContact => "compte/contact",
            Self::Security => "compte/securite",
            Self::AddApp => "compte/securite/application",
            Self::AddPasskey => "compte/securite/cle-d-acces",
            Self::Recovery => "compte/securite/codes-de-secours",
            Self::RemoveFactor => "compte/securite/retrait",
            Self::Data => "compte/donnees",
            Self::DataRead => "compte/donnees/lecture",
            Self::Erase => "compte/effacement",
            Self::Notifications => "compte/notifications",
        }
    }
}
