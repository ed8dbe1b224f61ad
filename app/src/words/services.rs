//! Names of menu entries and services, and what each page says about itself.

use crate::routes::{Legal, Panel};
use domain::delegations::Role;
use domain::dsn::Severity;
use domain::home::{Entry, Service};

/// Label of a menu entry (A23).
#[must_use]
pub const fn entry(entry: Entry) -> &'static str {
    match entry {
        Entry::Company => "Mon entreprise",
        Entry::Employees => "Mes salariés",
        Entry::Weather => "Intempéries",
        Entry::Documents => "Mes documents",
        Entry::Help => "Aide et contact",
        Entry::Account => "Gérer mon compte utilisateur",
    }
}

/// Icon of a menu entry.
#[must_use]
pub const fn entry_icon(entry: Entry) -> &'static str {
    match entry {
        Entry::Company => "building-2",
        Entry::Employees => "users",
        Entry::Weather => "cloud-rain",
        Entry::Documents => "folder-open",
        Entry::Help => "life-buoy",
        Entry::Account => "settings",
    }
}

/// Label of a service.
#[must_use]
pub const fn name(service: Service) -> &'static str {
    match service {
        Service::LegalInformation => "Informations légales",
        Service::Dsn => "Suivi DSN",
        Service::Contributions => "Mes cotisations",
        Service::Staff => "Embauches et sorties",
        Service::Absences => "Planning des absences",
        Service::Stoppages => "Déclarer un arrêt",
        Service::Refunds => "Remboursements",
        Service::Documents => "Tous mes documents",
        Service::DocumentSearch => "Rechercher un document",
        Service::Contact => "Contacter ma caisse",
        Service::Questions => "Questions-Réponses",
        Service::Profile => "Connexion et contact",
        Service::AccessRights => "Gérer les droits d’accès",
    }
}

/// Icon of a service's tile.
#[must_use]
pub const fn icon(service: Service) -> &'static str {
    match service {
        Service::LegalInformation => "building-2",
        Service::Dsn => "file-text",
        Service::Contributions | Service::Refunds => "banknote",
        Service::Staff => "users",
        Service::Absences => "calendar-days",
        Service::Stoppages => "cloud-rain",
        Service::Documents => "folder-open",
        Service::DocumentSearch => "search",
        Service::Contact => "mail",
        Service::Questions => "help",
        Service::Profile => "settings",
        Service::AccessRights => "user-plus",
    }
}

/// What a service is for: below its tile, and on its page.
#[must_use]
pub const fn purpose(service: Service) -> &'static str {
    match service {
        Service::LegalInformation => "Consulter les informations légales et déclaratives de votre entreprise.",
        Service::Dsn => "Vérifier vos déclarations et voir les anomalies à corriger.",
        Service::Contributions => "Consulter vos cotisations et vos échéances.",
        Service::Staff => "Déclarer une embauche ou une sortie de personnel.",
        Service::Absences => "Consulter et mettre à jour le planning des absences.",
        Service::Stoppages => "Saisir un arrêt de chantier dû aux intempéries.",
        Service::Refunds => "Consulter le remboursement d’un arrêt.",
        Service::Documents => "Consulter et télécharger vos relevés de compte et attestations.",
        Service::DocumentSearch => "Rechercher dans les documents disponibles.",
        Service::Contact => "Écrire aux services de votre caisse.",
        Service::Questions => "Trouver la réponse aux questions les plus fréquentes.",
        Service::Profile => "Modifier votre adresse mail, votre mot de passe et vos coordonnées.",
        Service::AccessRights => "Donner des droits à un collègue ou à votre cabinet comptable, et les suivre.",
    }
}

/// Label of a panel of the functional sidebar (S93–S95).
#[must_use]
pub const fn panel(panel: Panel) -> &'static str {
    match panel {
        Panel::Help => "Aide de la page",
        Panel::News => "Nouveautés",
        Panel::Tutorial => "Tutoriel de la page",
    }
}

/// Label of a footer page (S88–S90); that of the accessibility statement is its own heading.
#[must_use]
pub const fn legal(legal: Legal) -> &'static str {
    match legal {
        Legal::Notices => "Mentions légales",
        Legal::Privacy => "Protection des données personnelles",
        Legal::Terms => "Conditions générales d’utilisation",
        Legal::Accessibility => "Accessibilité",
        Legal::Cookies => "Gestion des cookies",
    }
}

/// What a person is on a site.
#[must_use]
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::AdministrateurEntreprise => "Administrateur Entreprise",
        Role::Administrateur => "Administrateur",
        Role::Utilisateur => "Utilisateur",
        Role::Cabinet => "Cabinet comptable",
        Role::Collaborateur => "Collaborateur de cabinet",
    }
}

/// Name of a severity.
#[must_use]
pub const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Bloquant => "Bloquant",
        Severity::Anomalie => "Anomalie",
        Severity::Avertissement => "Avertissement",
        Severity::Information => "Information",
    }
}

/// What to do about a severity.
#[must_use]
pub const fn advice(severity: Severity) -> &'static str {
    match severity {
        Severity::Bloquant => {
            "La déclaration n’a pas pu être prise en compte\u{202f}: corrigez-la dans votre logiciel de paie et déposez une DSN annule et remplace."
        }
        Severity::Anomalie => "À corriger dans votre prochaine DSN.",
        Severity::Avertissement => "À vérifier\u{202f}: aucune correction n’est demandée si la situation est normale.",
        Severity::Information => "Pour information.",
    }
}
