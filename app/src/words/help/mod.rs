//! Aide de la page and Tutoriel de la page (S93, S95): one text and one guided tour a page.

mod account;
mod contact;
mod data;
mod firm;
mod legal;
mod links;
mod outside;
mod rights;
mod security;
mod service;
mod space;

use crate::routes::{AccountPage, FirmPage, Legal, Page, Panel, RightsPage};
use crate::words::{contact as contact_words, services as words};
use domain::home::Service;
use domain::id::SiteId;
use services::Purpose;

/// A step of a page's guided tour.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// `id` of the element it is about; empty for the page as a whole.
    pub at: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What there is to know.
    pub text: &'static str,
}

/// Help of a page.
#[derive(Debug, Clone, Copy)]
pub struct Help {
    /// What the page is for.
    pub lead: &'static str,
    /// What can be done there and what to know: a heading and its text.
    pub points: &'static [(&'static str, &'static str)],
    /// Questions of the Questions-Réponses that go further.
    pub questions: &'static [&'static str],
    /// The guided tour; empty where nobody is logged in.
    pub tour: &'static [Step],
}

/// The help of a page. A page without one does not compile.
#[must_use]
pub const fn help(page: &Page) -> &'static Help {
    match page {
        Page::Entry => &outside::ENTRY,
        Page::SignIn => &outside::SIGN_IN,
        Page::SecondStep => &outside::SECOND_STEP,
        Page::LinkExternal => &outside::LINK_EXTERNAL,
        Page::OpeningLetters => &outside::OPENING_LETTERS,
        Page::OpeningContact => &outside::OPENING_CONTACT,
        Page::OpeningSent => &outside::OPENING_SENT,
        Page::ActivationResend => &outside::ACTIVATION_RESEND,
        Page::Associate => &outside::ASSOCIATE,
        Page::AssociateLogin => &outside::ASSOCIATE_LOGIN,
        Page::Forgotten => &outside::FORGOTTEN,
        Page::Link(purpose) => of_link(*purpose),
        Page::Certify => &outside::CERTIFY,
        Page::Sites => &space::SITES,
        Page::Firm(page) => of_firm(*page),
        Page::Home(_) => &space::HOME,
        Page::Service(_, service) => of_service(*service),
        Page::Panel(_, panel) => of_panel(*panel),
        Page::Rights(_, page) => of_rights(page),
        Page::Exchanges(_) => &contact::EXCHANGES,
        Page::Exchange(..) => &contact::EXCHANGE,
        Page::Account(_, page) => of_account(*page),
        Page::Legal(legal) => of_legal(*legal),
        Page::Display => &legal::DISPLAY,
        Page::Help => of_panel(Panel::Help),
    }
}

const fn of_link(purpose: Purpose) -> &'static Help {
    match purpose {
        Purpose::Activation => &links::LINK_ACTIVATION,
        Purpose::EmailChange => &links::LINK_EMAIL,
        Purpose::Revert => &links::LINK_REVERT,
        Purpose::Certification => &links::LINK_CERTIFICATION,
        Purpose::Reset => &links::LINK_RESET,
        Purpose::Alarm => &links::LINK_ALARM,
        Purpose::Invitation => &links::LINK_INVITATION,
    }
}

const fn of_firm(page: FirmPage) -> &'static Help {
    match page {
        FirmPage::Clients => &firm::CLIENTS,
        FirmPage::Collaborators => &firm::COLLABORATORS,
        FirmPage::HandOn => &firm::HAND_ON,
        FirmPage::Requests => &firm::REQUESTS,
    }
}

const fn of_service(service: Service) -> &'static Help {
    match service {
        Service::LegalInformation => &service::LEGAL_INFORMATION,
        Service::Dsn => &service::DSN,
        Service::Contributions => &service::CONTRIBUTIONS,
        Service::Staff => &service::STAFF,
        Service::Absences => &service::ABSENCES,
        Service::Stoppages => &service::STOPPAGES,
        Service::Refunds => &service::REFUNDS,
        Service::Documents => &service::DOCUMENTS,
        Service::DocumentSearch => &service::DOCUMENT_SEARCH,
        Service::Contact => &contact::FORM,
        Service::Questions => &service::QUESTIONS,
        Service::Profile => &account::PROFILE,
        Service::AccessRights => &rights::ACCESS_RIGHTS,
    }
}

const fn of_panel(panel: Panel) -> &'static Help {
    match panel {
        Panel::Help => &space::PANEL_HELP,
        Panel::News => &space::PANEL_NEWS,
        Panel::Tutorial => &space::PANEL_TUTORIAL,
    }
}

const fn of_rights(page: &RightsPage) -> &'static Help {
    match page {
        RightsPage::New => &rights::NEW,
        RightsPage::Grant => &rights::GRANT,
        RightsPage::Line(_) => &rights::LINE,
        RightsPage::Modify(_) => &rights::MODIFY,
        RightsPage::End(_) => &rights::END,
        RightsPage::Request(_) => &rights::REQUEST,
        RightsPage::Journal => &rights::JOURNAL,
    }
}

const fn of_account(page: AccountPage) -> &'static Help {
    match page {
        AccountPage::Contact => &account::PROFILE,
        AccountPage::Email => &account::EMAIL,
        AccountPage::Password => &account::PASSWORD,
        AccountPage::EditContact => &account::EDIT_CONTACT,
        AccountPage::Security => &security::SECURITY,
        AccountPage::AddApp => &security::ADD_APP,
        AccountPage::AddPasskey => &security::ADD_PASSKEY,
        AccountPage::Recovery => &security::RECOVERY,
        AccountPage::RemoveFactor => &security::REMOVE_FACTOR,
        AccountPage::Data => &data::DATA,
        AccountPage::DataRead => &data::DATA_READ,
        AccountPage::Erase => &data::ERASE,
        AccountPage::Notifications => &account::NOTIFICATIONS,
    }
}

const fn of_legal(legal: Legal) -> &'static Help {
    match legal {
        Legal::Notices => &legal::NOTICES,
        Legal::Privacy => &legal::PRIVACY,
        Legal::Terms => &legal::TERMS,
        Legal::Accessibility => &legal::ACCESSIBILITY,
        Legal::Cookies => &legal::COOKIES,
    }
}

/// What a page is called where another one speaks of it.
#[must_use]
pub const fn title(page: &Page) -> &'static str {
    match page {
        Page::Service(_, service) => words::name(*service),
        Page::Panel(_, panel) => words::panel(*panel),
        Page::Account(_, page) => account_title(*page),
        Page::Rights(_, page) => match page {
            RightsPage::New => "Déléguer des droits",
            RightsPage::Grant => "Choisir les droits",
            RightsPage::Line(_) => "Fiche d’un bénéficiaire",
            RightsPage::Modify(_) => "Modifier des droits",
            RightsPage::End(_) => "Mettre fin à des droits",
            RightsPage::Request(_) => "Demande d’accès",
            RightsPage::Journal => "Journal du site",
        },
        Page::Exchanges(_) => contact_words::EXCHANGES,
        Page::Exchange(..) => "Échange avec la caisse",
        Page::Sites => "Choix du site déclarant",
        Page::Firm(page) => match page {
            FirmPage::Clients => "Portefeuille",
            FirmPage::Collaborators => "Collaborateurs",
            FirmPage::HandOn => "Droits d’un collaborateur",
            FirmPage::Requests => "Demandes d’accès",
        },
        Page::SignIn | Page::SecondStep | Page::LinkExternal => "Connexion",
        Page::OpeningLetters | Page::OpeningContact | Page::OpeningSent => "Ouverture de compte",
        Page::ActivationResend => "Activation du compte",
        Page::Associate | Page::AssociateLogin => "Association d’un site",
        Page::Forgotten => "Mot de passe oublié",
        Page::Link(_) => "Lien reçu par mail",
        Page::Certify => "Certification de l’adresse mail",
        Page::Legal(legal) => words::legal(*legal),
        Page::Display => "Affichage",
        Page::Help => "Aide de la page",
        Page::Entry | Page::Home(_) => "Accueil",
    }
}

const fn account_title(page: AccountPage) -> &'static str {
    match page {
        AccountPage::Contact => "Connexion et contact",
        AccountPage::Email => "Modifier l’adresse mail",
        AccountPage::Password => "Modifier le mot de passe",
        AccountPage::EditContact => "Modifier le contact",
        AccountPage::Security => "Sécurité",
        AccountPage::AddApp => "Ajouter une application",
        AccountPage::AddPasskey => "Ajouter une clé d’accès",
        AccountPage::Recovery => "Codes de secours",
        AccountPage::RemoveFactor => "Retirer un moyen de connexion",
        AccountPage::Data => "Mes données",
        AccountPage::DataRead => "Lire mes données",
        AccountPage::Erase => "Effacer mes données",
        AccountPage::Notifications => "Notifications",
    }
}

/// What a tour is remembered by: its page, whoever it is about and wherever it stands.
#[must_use]
pub fn tour_name(page: &Page) -> String {
    match page {
        Page::Rights(_, RightsPage::Line(_)) => "droits/fiche".into(),
        Page::Rights(_, RightsPage::Modify(_)) => "droits/modification".into(),
        Page::Rights(_, RightsPage::End(_)) => "droits/fin".into(),
        Page::Rights(_, RightsPage::Request(_)) => "droits/demande".into(),
        Page::Exchange(..) => "contact/echange".into(),
        Page::Home(_) => "accueil".into(),
        other if other.site().is_none() => other.path().trim_start_matches('/').to_owned(),
        other => other.path().splitn(4, '/').nth(3).unwrap_or_default().to_owned(),
    }
}

/// Title of the page whose tour is remembered by this name; none when the portal has that page no more.
#[must_use]
pub fn tour_title(name: &str) -> Option<&'static str> {
    every_page().iter().find(|page| !help(page).tour.is_empty() && tour_name(page) == name).map(title)
}

/// The id of nothing.
const NOTHING: &str = "00000000000000000000000000";

/// Every page, those of a site and those about somebody or something once.
fn every_page() -> Vec<Page> {
    let keyed = ["droits/-", "droits/-/modification", "droits/-/fin", "droits/demande/-", "contact/echanges/-"];
    let keyed = keyed.iter().filter_map(|rest| Page::parse(&format!("/site/-/{rest}").replace('-', NOTHING)));
    let of_site = NOTHING.parse::<SiteId>().map(|site| Page::of_site(&site)).unwrap_or_default();
    Page::fixed().into_iter().chain(of_site).chain(keyed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::Access;
    use crate::words::questions;

    #[test]
    fn s93_s95_every_page_has_help_and_those_of_whoever_is_logged_in_a_tour_and_questions_exist() {
        let keyed = every_page().into_iter().filter(|page| {
            use RightsPage::{End, Line, Modify, Request};
            matches!(page, Page::Exchange(..) | Page::Rights(_, Line(_) | Modify(_) | End(_) | Request(_)))
        });
        assert_eq!(keyed.count(), 5);
        for page in every_page() {
            let help = help(&page);
            assert!(!help.lead.is_empty() && !help.points.is_empty(), "{page:?}");
            assert!(page.access() == Access::Public || !help.tour.is_empty(), "{page:?} has no tour");
            if !help.tour.is_empty() {
                assert_eq!(tour_title(&tour_name(&page)), Some(title(&page)), "{page:?}: two tours are remembered by the same name");
            }
            for question in help.questions {
                assert!(questions::find(question).is_some(), "{page:?}: {question}");
            }
        }
        for gone in ["", "inconnue", "droits/00000000000000000000000000"] {
            assert_eq!(tour_title(gone), None, "{gone:?}");
        }
    }

    #[test]
    fn s95_each_step_of_a_tour_is_about_something_that_its_page_draws() {
        const FRAME: [&str; 3] = ["layout/mod.rs", "layout/side.rs", "layout/top.rs"];
        let read = |file: &str| std::fs::read_to_string(format!("{}/src/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        for page in every_page() {
            let text: String = FRAME.iter().chain(sources(&page)).map(|file| read(file)).collect();
            for step in help(&page).tour.iter().filter(|step| !step.at.is_empty()) {
                let word = format!("\"{}\"", step.at);
                // An `id`, or the name of a field, which becomes one; a class, or what is labelled by it, is none.
                let is_id = |before: &str| before.ends_with(" id=") || !before.ends_with('=');
                assert!(text.match_indices(&word).any(|(place, _)| is_id(&text[..place])), "{page:?} has no {word}");
            }
        }
    }

    /// The files that draw a page.
    fn sources(page: &Page) -> &'static [&'static str] {
        match page {
            Page::Sites => &["pages/sites.rs"],
            Page::Firm(FirmPage::Clients) => &["pages/portfolio/mod.rs", "pages/portfolio/clients.rs", "pages/portfolio/filter.rs"],
            Page::Firm(FirmPage::Collaborators) => &["pages/portfolio/collaborators.rs"],
            Page::Firm(FirmPage::HandOn) => &["pages/portfolio/hand_on.rs", "islands/rights_grid.rs"],
            Page::Firm(FirmPage::Requests) => &["pages/portfolio/requests.rs", "islands/rights_grid.rs"],
            Page::Home(_) => &["pages/space.rs"],
            Page::Service(_, Service::Dsn) => &["pages/suivi_dsn.rs"],
            Page::Service(_, Service::AccessRights) => &["pages/rights/list.rs", "pages/rights/filters.rs", "pages/rights/pager.rs"],
            Page::Service(_, Service::Questions) => &["pages/questions.rs"],
            Page::Service(_, Service::Contact) => &["pages/contact.rs", "pages/contact/files.rs"],
            Page::Rights(_, RightsPage::New) => &["pages/rights/who.rs"],
            Page::Rights(_, RightsPage::Grant | RightsPage::Modify(_)) => &["pages/rights/grid.rs", "islands/rights_grid.rs"],
            Page::Rights(_, RightsPage::Line(_) | RightsPage::End(_)) => &["pages/rights/line.rs"],
            Page::Rights(_, RightsPage::Request(_)) => &["pages/rights/request.rs"],
            Page::Rights(_, RightsPage::Journal) => &["pages/rights/journal.rs"],
            Page::Exchanges(_) | Page::Exchange(..) => &["pages/exchanges.rs"],
            Page::Service(_, Service::Profile)
            | Page::Account(_, AccountPage::Contact | AccountPage::Email | AccountPage::Password | AccountPage::EditContact) => {
                &["pages/account.rs", "pages/parts.rs"]
            }
            Page::Account(_, AccountPage::Data | AccountPage::DataRead | AccountPage::Erase) => &["pages/data.rs"],
            Page::Account(_, AccountPage::Notifications) => &["pages/notifications.rs"],
            Page::Account(..) => &["pages/security.rs", "pages/factors.rs"],
            // What every page has is enough for the tours of the others.
            _ => &[],
        }
    }
}
