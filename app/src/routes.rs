//! Every address of the portal, once. A page without an address, an answer or an access rule does not compile.

mod account;
mod firm;
mod rights;

pub use account::AccountPage;
pub use firm::FirmPage;
pub use rights::RightsPage;

use domain::home::Service;
use domain::id::{ExchangeId, SiteId};
use services::Purpose;

/// Where the exchanges with the fund are, below the address of a site.
const EXCHANGES: &str = "contact/echanges";

/// A page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Page {
    /// The public entry.
    Entry,
    /// Connexion.
    SignIn,
    /// Second step of the login, for accounts with a second factor.
    SecondStep,
    /// Linking a login of another identity provider to an account, once.
    LinkExternal,
    /// Opening, step 1/2.
    OpeningLetters,
    /// Opening, step 2/2.
    OpeningContact,
    /// Opening done: the mail is on its way.
    OpeningSent,
    /// Asking for a new activation link.
    ActivationResend,
    /// Associating further sites, step 1/2.
    Associate,
    /// Associating further sites, step 2/2.
    AssociateLogin,
    /// Mot de passe oublié: two options.
    Forgotten,
    /// What a link from a mail leads to, with its one button or form.
    Link(Purpose),
    /// Asking for a new link to certify an address whose time is over.
    Certify,
    /// Choosing a site.
    Sites,
    /// A page over all clients of somebody of an accounting firm.
    Firm(FirmPage),
    /// Home of a site.
    Home(SiteId),
    /// A service inside a site.
    Service(SiteId, Service),
    /// A panel of the functional sidebar, about one page of a site.
    Panel(SiteId, Panel),
    /// Who holds rights on a site, one page each beside the list, which is a service.
    Rights(SiteId, RightsPage),
    /// What was written to the fund about a site, and what it answered; behind the form, which is a service.
    Exchanges(SiteId),
    /// One message with its answers.
    Exchange(SiteId, ExchangeId),
    /// A page of the person's own account; inside the space of a site, or outside any.
    Account(Option<SiteId>, AccountPage),
    /// A page of the footer.
    Legal(Legal),
    /// Affichage: theme and size of text.
    Display,
    /// Help of a page outside the space of a site.
    Help,
}

/// The three panels of the functional sidebar that are about the page one stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Panel {
    /// Aide de la page.
    Help,
    /// Nouveautés.
    News,
    /// Tutoriel de la page.
    Tutorial,
}

/// The pages of the footer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Legal {
    /// Mentions légales.
    Notices,
    /// Protection des données personnelles.
    Privacy,
    /// Conditions générales d'utilisation.
    Terms,
    /// Accessibilité.
    Accessibility,
    /// Gestion des cookies.
    Cookies,
}

/// Who may ask for a page. What they may see on it, the policy decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Public,
    /// Whoever is logged in; all their sites are loaded.
    Person,
    /// Whoever is logged in; their rights on this site are loaded.
    Site(SiteId),
}

impl Panel {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Help, Self::News, Self::Tutorial];

    const fn slug(self) -> &'static str {
        match self {
            Self::Help => "aide",
            Self::News => "nouveautes",
            Self::Tutorial => "tutoriel",
        }
    }
}

impl Legal {
    /// All five.
    pub const ALL: [Self; 5] = [Self::Notices, Self::Privacy, Self::Terms, Self::Accessibility, Self::Cookies];

    /// Its name in addresses, and the name of the file a fund may put in its place.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Notices => "mentions-legales",
            Self::Privacy => "donnees-personnelles",
            Self::Terms => "conditions-generales",
            Self::Accessibility => "accessibilite",
            Self::Cookies => "cookies",
        }
    }
}

impl Page {
    /// Pages whose address is fixed.
    #[must_use]
    pub fn fixed() -> Vec<Self> {
        let mut all = vec![
            Self::Entry,
            Self::SignIn,
            Self::SecondStep,
            Self::LinkExternal,
            Self::OpeningLetters,
            Self::OpeningContact,
            Self::OpeningSent,
            Self::ActivationResend,
            Self::Associate,
            Self::AssociateLogin,
            Self::Forgotten,
            Self::Certify,
            Self::Sites,
            Self::Display,
            Self::Help,
        ];
        all.extend(FirmPage::ALL.map(Self::Firm));
        all.extend(Purpose::ALL.map(Self::Link));
        all.extend(AccountPage::ALL.map(|page| Self::Account(None, page)));
        all.extend(Legal::ALL.map(Self::Legal));
        all
    }

    /// Pages of one site.
    #[must_use]
    pub fn of_site(site: &SiteId) -> Vec<Self> {
        let mut all = vec![Self::Home(site.clone())];
        all.extend(Service::ALL.map(|service| Self::Service(site.clone(), service)));
        all.extend(Panel::ALL.map(|panel| Self::Panel(site.clone(), panel)));
        all.extend(RightsPage::FIXED.map(|page| Self::Rights(site.clone(), page)));
        all.push(Self::Exchanges(site.clone()));
        all.extend(
            AccountPage::ALL.into_iter().filter(|page| *page != AccountPage::Contact).map(|page| Self::Account(Some(site.clone()), page)),
        );
        all
    }

    /// A page of the account, inside the space of `site` or outside any.
    #[must_use]
    pub fn account(site: Option<&SiteId>, page: AccountPage) -> Self {
        match (site, page) {
            (Some(site), AccountPage::Contact) => Self::Service(site.clone(), Service::Profile),
            (site, page) => Self::Account(site.cloned(), page),
        }
    }

    /// The page of the menu it stands behind; itself when it is in the menu, or behind none.
    #[must_use]
    pub fn in_menu(&self) -> Self {
        match self {
            Self::Rights(site, _) => Self::Service(site.clone(), Service::AccessRights),
            Self::Exchanges(site) | Self::Exchange(site, _) => Self::Service(site.clone(), Service::Contact),
            Self::Account(Some(site), _) => Self::Service(site.clone(), Service::Profile),
            other => other.clone(),
        }
    }

    /// The site whose space it is in.
    #[must_use]
    pub fn site(&self) -> Option<&SiteId> {
        match self {
            Self::Home(site)
            | Self::Service(site, _)
            | Self::Panel(site, _)
            | Self::Rights(site, _)
            | Self::Exchanges(site)
            | Self::Exchange(site, _)
            | Self::Account(Some(site), _) => Some(site),
            _ => None,
        }
    }

    /// Its address, without query.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Entry => "/".into(),
            Self::SignIn => "/connexion".into(),
            Self::SecondStep => "/connexion/verification".into(),
            Self::LinkExternal => "/connexion/lier".into(),
            Self::OpeningLetters => "/ouverture".into(),
            Self::OpeningContact => "/ouverture/contact".into(),
            Self::OpeningSent => "/ouverture/envoi".into(),
            Self::ActivationResend => "/nouveau-lien".into(),
            Self::Associate => "/association".into(),
            Self::AssociateLogin => "/association/connexion".into(),
            Self::Link(purpose) => services::link_page(*purpose).into(),
            Self::Certify => "/certifier-mon-adresse".into(),
            Self::Forgotten => "/mot-de-passe-oublie".into(),
            Self::Sites => "/sites".into(),
            Self::Firm(page) => format!("/{}", page.slug()),
            Self::Home(site) => format!("/site/{site}"),
            Self::Service(site, service) => format!("/site/{site}/{}", service.slug()),
            Self::Panel(site, panel) => format!("/site/{site}/{}", panel.slug()),
            Self::Rights(site, page) => format!("/site/{site}/{}", page.slug()),
            Self::Exchanges(site) => format!("/site/{site}/{EXCHANGES}"),
            Self::Exchange(site, id) => format!("/site/{site}/{EXCHANGES}/{id}"),
            Self::Account(Some(site), page) => format!("/site/{site}/{}", page.slug()),
            Self::Account(None, page) => format!("/{}", page.slug()),
            Self::Legal(legal) => format!("/{}", legal.slug()),
            Self::Display => "/affichage".into(),
            Self::Help => "/aide".into(),
        }
    }

    /// The page at an address.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        if let Some(rest) = path.strip_prefix("/site/") {
            let (site, rest) = rest.split_once('/').unwrap_or((rest, ""));
            let site: SiteId = site.parse().ok()?;
            if let Some(page) = RightsPage::parse(rest) {
                return Some(Self::Rights(site, page));
            }
            if let Some(id) = rest.strip_prefix(EXCHANGES).and_then(|rest| rest.strip_prefix('/')) {
                return id.parse().ok().map(|id| Self::Exchange(site, id));
            }
            return Self::of_site(&site)
                .into_iter()
                .find(|page| page.path().split_at("/site/".len() + site.as_str().len()).1.trim_start_matches('/') == rest);
        }
        Self::fixed().into_iter().find(|page| page.path() == path)
    }

    /// A local address somebody wanted before logging in: only one of ours, nothing else (no other host, no trick of slashes).
    #[must_use]
    pub fn wanted(text: &str) -> Option<Self> {
        Self::parse(text).filter(|page| page.access() != Access::Public || *page == Self::Link(Purpose::Invitation))
    }

    /// Whether it is open to an administrator who must first set up a second factor: what is public, and what serves to do so.
    #[must_use]
    pub fn is_open_before_enrolment(&self) -> bool {
        match self {
            Self::Account(None, page) => {
                matches!(page, AccountPage::Security | AccountPage::AddApp | AccountPage::AddPasskey | AccountPage::Recovery)
            }
            other => other.access() == Access::Public,
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn access(&self) -> Access {
        match self {
            Self::Entry
            | Self::SignIn
            | Self::SecondStep
            | Self::LinkExternal
            | Self::OpeningLetters
            | Self::OpeningContact
            | Self::OpeningSent
            | Self::ActivationResend
            | Self::Associate
            | Self::AssociateLogin
            | Self::Link(_)
            | Self::Certify
            | Self::Forgotten
            | Self::Legal(_)
            | Self::Display
            | Self::Help => Access::Public,
            Self::Sites | Self::Firm(_) | Self::Account(None, _) => Access::Person,
            Self::Home(site)
            | Self::Service(site, _)
            | Self::Panel(site, _)
            | Self::Rights(site, _)
            | Self::Exchanges(site)
            | Self::Exchange(site, _)
            | Self::Account(Some(site), _) => Access::Site(site.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::DelegationId;

    #[test]
    fn every_page_has_one_address_that_leads_back_to_it() {
        let site: SiteId = "01JD3V9X7ZK4M2N8P6Q5R4S3T2".parse().unwrap();
        let key: DelegationId = "01JD3V9X7ZK4M2N8P6Q5R4S3T3".parse().unwrap();
        let request = RightsPage::Request("01JD3V9X7ZK4M2N8P6Q5R4S3T3".parse().unwrap());
        let lines = [RightsPage::Line(key.clone()), RightsPage::Modify(key.clone()), RightsPage::End(key), request];
        let lines = lines.map(|page| Page::Rights(site.clone(), page));
        let exchange = Page::Exchange(site.clone(), "01JD3V9X7ZK4M2N8P6Q5R4S3T4".parse().unwrap());
        let all: Vec<Page> = Page::fixed().into_iter().chain(Page::of_site(&site)).chain(lines).chain([exchange]).collect();
        for page in &all {
            assert_eq!(Page::parse(&page.path()).as_ref(), Some(page));
        }
        let paths: std::collections::HashSet<String> = all.iter().map(Page::path).collect();
        assert_eq!(paths.len(), all.len());
    }

    #[test]
    fn s149_the_exchanges_stand_behind_the_form_in_the_menu_and_belong_to_their_site() {
        let site: SiteId = "01JD3V9X7ZK4M2N8P6Q5R4S3T2".parse().unwrap();
        let form = Page::Service(site.clone(), Service::Contact);
        let id: ExchangeId = "01JD3V9X7ZK4M2N8P6Q5R4S3T4".parse().unwrap();
        let exchange = Page::Exchange(site.clone(), id.clone());
        assert_eq!(exchange.path(), services::contact::thread_path(&site, &id), "mails lead there, too");
        for page in [Page::Exchanges(site.clone()), exchange.clone()] {
            assert_eq!(page.in_menu(), form);
            assert_eq!((page.site(), page.access()), (Some(&site), Access::Site(site.clone())));
            assert_eq!(Page::wanted(&page.path()), Some(page));
        }
        assert_eq!(Page::parse(&format!("{}/fichiers/01JD3V9X7ZK4M2N8P6Q5R4S3T4", exchange.path())), None, "a file is no page");
        for none in ["contact/echanges/", "contact/echanges/x", "contact/echangesx"] {
            assert_eq!(Page::parse(&format!("/site/{site}/{none}")), None, "{none}");
        }
    }

    #[test]
    fn t28_only_our_own_signed_in_pages_are_gone_back_to() {
        assert_eq!(Page::wanted("/sites"), Some(Page::Sites));
        for trick in [
            "//evil.example",
            "/\\evil",
            "https:evil",
            "%2F%2Fevil",
            "/sites\r\nX: y",
            "/connexion",
            "",
            "/site/x",
            "/sites/../x",
            &"/".repeat(10_000),
        ] {
            assert_eq!(Page::wanted(trick), None, "{trick:?}");
        }
    }
}
