//! Between a request and the services: who is asking, what they carry, how the answer leaves.

mod answer;
mod cookie;
mod message;

pub use answer::{Decision, Next, answer, context, decide, headers, shown_at_once};
pub use cookie::{Carried, Cookie};
pub use message::{Flash, Guide, Message, Saved};

use domain::delegations::beneficiary::{BeneficiaryDraft, RightsDraft};
use domain::form::{FieldErrors, Reason};
use domain::fund::Fund;
use domain::id::{AccountId, SiteId};
use domain::refusal::Refusal;
use serde::{Deserialize, Serialize};
use services::{External, Opening, Origin, Pending, Services, Visit};
use std::sync::Arc;

/// Where the built files are, by their logical names.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// Icons of signed-out pages.
    pub icons_public: String,
    /// All icons.
    pub icons: String,
    /// The warning before a session ends.
    pub session: String,
    /// Our loader of islands.
    pub islands: String,
    /// What asks the browser for a passkey.
    pub passkey: String,
    /// What carries the files of a message to the fund.
    pub contact: String,
    /// The islands' glue.
    pub js: String,
    /// The islands.
    pub wasm: String,
}

/// How a person wants pages drawn; kept in a cookie, rendered by the server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Display {
    /// Light, dark, or the system's choice.
    pub theme: Theme,
    /// Larger text.
    pub large: bool,
    /// Lines a page of a list has (A29); 0 until somebody chose.
    #[serde(default)]
    pub lines: u16,
}

/// Colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// What the system says.
    #[default]
    System,
    /// Clair.
    Light,
    /// Sombre.
    Dark,
}

/// The other identity provider people may log in through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// Its name.
    pub name: String,
    /// Its issuer identifier.
    pub issuer: String,
    /// Where it explains itself, when people do not know it.
    pub about: Option<&'static str>,
    /// The address that ends its own session once the token it gave is put behind; none when it has no such address.
    pub exit: Option<String>,
}

/// Where logging in through the provider begins: a link, since forms lead nowhere else (D29).
pub const DEPART: &str = "/connexion/fournisseur";
/// Where the provider sends people back to.
pub const RETURN: &str = "/connexion/retour";

/// Somebody whom the provider has proven and whose account is not known yet. Travels in a sealed cookie.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Linking {
    /// Who it is, for the provider.
    pub external: External,
    /// Local path wanted before.
    pub next: String,
    /// Until when it holds: Unix seconds.
    pub until: i64,
}

/// Step 1 of a delegation, on its way to step 2. Travels in a sealed cookie, so that no address stands in a URL.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Giving {
    /// The site it is for: a second tab must not slip another one in.
    pub site: SiteId,
    /// Whose session: nobody else goes on with it.
    pub account: AccountId,
    /// Step 1 as typed.
    pub who: BeneficiaryDraft,
    /// The grid to begin with, when the same rights are given again (A33).
    pub rights: Option<RightsDraft>,
}

/// Step 1 of handing rights on over several clients, on its way to step 2. Travels in a sealed cookie.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Handing {
    /// Whose session: nobody else goes on with it.
    pub account: AccountId,
    /// The clients.
    pub sites: Vec<SiteId>,
    /// Whom and when, as typed.
    pub who: BeneficiaryDraft,
}

/// Everything a page or a form knows of its request.
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of the request, none excludes another")]
#[derive(Clone)]
pub struct Context {
    /// What a person can do.
    pub services: Services,
    /// The fund.
    pub fund: Arc<Fund>,
    /// The texts of the footer.
    pub texts: Arc<crate::legal::Texts>,
    /// The built files.
    pub assets: Arc<Assets>,
    /// Whether the development mailbox exists.
    pub development: bool,
    /// Whether SMS can be sent: without, no mobile can be certified.
    pub sms: bool,
    /// The other identity provider, when there is one.
    pub provider: Option<Arc<Provider>>,
    /// Its path.
    pub path: String,
    /// Number of the request, for the log and the person.
    pub request: String,
    /// Where the request comes from.
    pub origin: Origin,
    /// Who is logged in.
    pub visit: Option<Visit>,
    /// How pages are drawn.
    pub display: Display,
    /// What the last form said, when it was for this page.
    pub flash: Option<Message>,
    /// What step 1/2 of the opening proved.
    pub opening: Option<Opening>,
    /// Secret of the link that was followed (D9).
    pub link: Option<String>,
    /// The login whose password was right, and whose second factor is asked for.
    pub pending: Option<Pending>,
    /// Whether the fund requires a second factor of whoever is logged in, and there is none yet.
    pub must_enrol: bool,
    /// The way to the provider this browser is on, still sealed.
    pub journey: Option<String>,
    /// What the provider has proven.
    pub linking: Option<Linking>,
    /// Step 1 of a delegation.
    pub giving: Option<Giving>,
    /// Step 1 over several clients.
    pub handing: Option<Handing>,
    /// The address's query, decoded.
    pub query: Vec<(String, String)>,
    /// Whether the caller is a page (and not a program): it gets redirects, not codes.
    pub accepts_html: bool,
}

impl Context {
    /// A value of the query; empty when absent.
    #[must_use]
    pub fn query(&self, name: &str) -> &str {
        self.query.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// The refusal this page has to show, if any.
    #[must_use]
    pub const fn refusal(&self) -> Option<&Refusal> {
        match &self.flash {
            Some(Message::Refused(refusal, _)) => Some(refusal),
            _ => None,
        }
    }

    /// What a field of the refused form held; empty when nothing was refused.
    #[must_use]
    pub fn typed(&self, field: &str) -> &str {
        match &self.flash {
            Some(
                Message::Refused(_, typed)
                | Message::Broken(_, typed)
                | Message::SmsSent(typed)
                | Message::SmsCertified(typed)
                | Message::Redrawn(typed, _),
            ) => typed.typed(field),
            _ => "",
        }
    }

    /// The reasons by field of the refused form.
    #[must_use]
    pub fn invalid(&self) -> Option<FieldErrors> {
        match self.refusal() {
            Some(Refusal::Invalid(fields)) => Some(fields.clone()),
            _ => None,
        }
    }

    /// Step 1 of a delegation on this site, by whoever is logged in.
    #[must_use]
    pub fn giving(&self, site: &SiteId) -> Option<&Giving> {
        let account = &self.visit.as_ref()?.session.actor.account;
        self.giving.as_ref().filter(|giving| giving.site == *site && giving.account == *account)
    }

    /// Step 1 over several clients, by whoever is logged in.
    #[must_use]
    pub fn handing(&self) -> Option<&Handing> {
        let account = &self.visit.as_ref()?.session.actor.account;
        self.handing.as_ref().filter(|handing| handing.account == *account)
    }

    /// Whoever is logged in.
    ///
    /// # Errors
    /// `SignedOut` when nobody is.
    pub fn visit(&self) -> Result<&Visit, Refusal> {
        self.visit.as_ref().ok_or(Refusal::SignedOut)
    }

    /// What the provider has proven, while it holds.
    ///
    /// # Errors
    /// `ProviderFailed` when too much time has passed, or nothing was proven.
    pub fn linking(&self) -> Result<&Linking, Refusal> {
        let now = self.services.clock().now().as_second();
        self.linking.as_ref().filter(|linking| self.provider.is_some() && now < linking.until).ok_or(Refusal::ProviderFailed)
    }

    /// Why a field was refused.
    #[must_use]
    pub fn reason(&self, field: &str) -> Option<Reason> {
        match self.refusal() {
            Some(Refusal::Invalid(fields)) => fields.reason(field),
            _ => None,
        }
    }
}
