//! What the home of a site shows: menu and tiles, as pure functions of who is asking.

pub mod habits;

use crate::actor::Actor;
use crate::delegations::policy::{self, Need};
use crate::delegations::{Function, Mode};
use crate::id::SiteId;
use jiff::civil::Date;

/// The six entries of the navigation menu (S74–S81, A23).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Entry {
    /// Mon entreprise.
    Company,
    /// Mes salariés.
    Employees,
    /// Intempéries.
    Weather,
    /// Mes documents.
    Documents,
    /// Aide et contact.
    Help,
    /// Gérer mon compte utilisateur.
    Account,
}

/// A service inside the space of a site; each is one page below `/site/{site}/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Service {
    /// Informations légales.
    LegalInformation,
    /// Suivi DSN.
    Dsn,
    /// Mes cotisations.
    Contributions,
    /// Embauches et sorties.
    Staff,
    /// Planning des absences.
    Absences,
    /// Arrêts intempéries.
    Stoppages,
    /// Remboursements.
    Refunds,
    /// Mes documents.
    Documents,
    /// Rechercher un document.
    DocumentSearch,
    /// Contacter ma caisse.
    Contact,
    /// Questions-Réponses.
    Questions,
    /// Connexion et contact.
    Profile,
    /// Gérer les droits d'accès.
    AccessRights,
}

impl Entry {
    /// All six, in order.
    pub const ALL: [Self; 6] = [Self::Company, Self::Employees, Self::Weather, Self::Documents, Self::Help, Self::Account];

    /// The services below it, in order.
    #[must_use]
    pub const fn services(self) -> &'static [Service] {
        match self {
            Self::Company => &[Service::LegalInformation, Service::Dsn, Service::Contributions],
            Self::Employees => &[Service::Staff, Service::Absences],
            Self::Weather => &[Service::Stoppages, Service::Refunds],
            Self::Documents => &[Service::Documents, Service::DocumentSearch],
            Self::Help => &[Service::Contact, Service::Questions],
            Self::Account => &[Service::Profile, Service::AccessRights],
        }
    }
}

impl Service {
    /// All of them, in menu order.
    pub const ALL: [Self; 13] = [
        Self::LegalInformation,
        Self::Dsn,
        Self::Contributions,
        Self::Staff,
        Self::Absences,
        Self::Stoppages,
        Self::Refunds,
        Self::Documents,
        Self::DocumentSearch,
        Self::Contact,
        Self::Questions,
        Self::Profile,
        Self::AccessRights,
    ];

    /// Its name in addresses, French without accents.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::LegalInformation => "informations-legales",
            Self::Dsn => "suivi-dsn",
            Self::Contributions => "cotisations",
            Self::Staff => "salaries",
            Self::Absences => "absences",
            Self::Stoppages => "intemperies",
            Self::Refunds => "remboursements",
            Self::Documents => "documents",
            Self::DocumentSearch => "documents-recherche",
            Self::Contact => "contact",
            Self::Questions => "questions",
            Self::Profile => "compte",
            Self::AccessRights => "droits",
        }
    }

    /// What it takes to open it. Contact, questions and the own account are everybody's in the space.
    #[must_use]
    pub const fn need(self) -> Need {
        let function = match self {
            Self::Contact | Self::Questions | Self::Profile => return Need::Presence,
            Self::AccessRights => return Need::Giving,
            Self::LegalInformation => Function::LegalInformation,
            Self::Dsn => Function::Dsn,
            Self::Contributions => Function::Contributions,
            Self::Staff => Function::Employees,
            Self::Absences => Function::Absences,
            Self::Stoppages => Function::WeatherStoppages,
            Self::Refunds => Function::Refunds,
            Self::Documents | Self::DocumentSearch => Function::Documents,
        };
        Need::Function(function, Mode::Consultation)
    }
}

/// Whether a service may be opened by this person on this site; its link is not drawn otherwise (D10).
#[must_use]
pub fn is_open(service: Service, actor: &Actor, site: &SiteId, today: Date) -> bool {
    policy::meets(actor, service.need(), site, today)
}

/// The menu: each entry with the services this person may open; an entry with none is left out.
#[must_use]
pub fn menu(actor: &Actor, site: &SiteId, today: Date) -> Vec<(Entry, Vec<Service>)> {
    Entry::ALL
        .into_iter()
        .map(|entry| (entry, entry.services().iter().copied().filter(|service| is_open(*service, actor, site, today)).collect::<Vec<_>>()))
        .filter(|(_, services)| !services.is_empty())
        .collect()
}

/// The tiles of somebody whose habits are not known yet (S82): what most people come for, as far as they may open it.
/// *Mes documents récents* and *Aide* stand apart and are always there (S84).
#[must_use]
pub fn tiles(actor: &Actor, site: &SiteId, today: Date) -> Vec<Service> {
    [Service::Dsn, Service::Contributions, Service::Staff, Service::Absences, Service::Stoppages, Service::AccessRights]
        .into_iter()
        .filter(|service| is_open(*service, actor, site, today))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delegations::{College, Delegation, Rights, Role, State};
    use crate::identity::person::PersonName;
    use jiff::civil::date;
    use std::collections::HashSet;

    const TODAY: Date = date(2026, 6, 15);

    fn site() -> SiteId {
        "01JD3V9X7ZK4M2N8P6Q5R4S3T4".parse().unwrap()
    }

    fn somebody(role: Role) -> Actor {
        let delegation = Delegation {
            id: "01JD3V9X7ZK4M2N8P6Q5R4S3T3".parse().unwrap(),
            site: site(),
            role,
            state: State::Open,
            starts: TODAY,
            ends: None,
            rights: Rights::within(College::Cadre.into()).with(Function::Documents, Mode::Consultation),
            above: None,
        };
        Actor { account: "01JD3V9X7ZK4M2N8P6Q5R4S3T2".parse().unwrap(), name: PersonName::default(), delegations: vec![delegation] }
    }

    fn open(actor: &Actor, site: &SiteId, day: Date) -> Vec<Service> {
        Service::ALL.into_iter().filter(|service| is_open(*service, actor, site, day)).collect()
    }

    #[test]
    fn s107_access_rights_open_for_whoever_gives_and_the_rest_by_function() {
        const EVERYBODYS: [Service; 3] = [Service::Contact, Service::Questions, Service::Profile];
        let held = [&[Service::Documents, Service::DocumentSearch][..], &EVERYBODYS].concat();
        assert_eq!(open(&somebody(Role::Utilisateur), &site(), TODAY), held);
        assert_eq!(open(&somebody(Role::Cabinet), &site(), TODAY), [&held[..], &[Service::AccessRights]].concat());
        for role in [Role::AdministrateurEntreprise, Role::Administrateur] {
            assert_eq!(open(&somebody(role), &site(), TODAY), Service::ALL);
        }
        assert!(!tiles(&somebody(Role::Utilisateur), &site(), TODAY).contains(&Service::AccessRights));
        assert!(tiles(&somebody(Role::Cabinet), &site(), TODAY).contains(&Service::AccessRights));
    }

    #[test]
    fn d10_nothing_opens_outside_the_perimeter_not_even_what_is_everybodys() {
        let elsewhere: SiteId = "01JD3V9X7ZK4M2N8P6Q5R4S3T5".parse().unwrap();
        for role in [Role::AdministrateurEntreprise, Role::Utilisateur, Role::Collaborateur] {
            assert!(open(&somebody(role), &elsewhere, TODAY).is_empty(), "{role:?}");
            assert!(open(&somebody(role), &site(), TODAY.yesterday().unwrap()).is_empty(), "{role:?}");
        }
        assert!(open(&somebody(Role::Collaborateur), &site(), TODAY).is_empty(), "without a firm");
        let entries: Vec<Entry> = menu(&somebody(Role::Utilisateur), &site(), TODAY).into_iter().map(|(entry, _)| entry).collect();
        assert_eq!(entries, [Entry::Documents, Entry::Help, Entry::Account]);
    }

    #[test]
    fn every_service_stands_once_in_the_menu_and_has_its_own_address() {
        let listed: Vec<Service> = Entry::ALL.iter().flat_map(|entry| entry.services().iter().copied()).collect();
        assert_eq!(listed, Service::ALL);
        assert_eq!(Service::ALL.iter().map(|service| service.slug()).collect::<HashSet<_>>().len(), Service::ALL.len());
    }
}
