//! Between a request and the services: who is asking, what they carry, how the answer leaves. The single place that decides
//! status, redirects and cookies of a form's answer.

use crate::failure::Failure;
use crate::routes::Page;
use domain::delegations::beneficiary::{BeneficiaryDraft, RightsDraft};
use domain::form::{FieldErrors, Reason};
use domain::fund::Fund;
use domain::id::{AccountId, SiteId};
use domain::refusal::Refusal;
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use serde::{Deserialize, Serialize};
use services::{Device, External, Fault, Opening, Origin, Pending, Report, Services, Visit};
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

/// What a form's answer tells the page it leads to. Travels in a sealed cookie, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// Path of the page it is for.
    pub page: String,
    /// What it says.
    pub message: Message,
}

/// What a flash says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Message {
    /// The form was refused; the page answers with the refusal's status. What was typed comes along, never a secret.
    Refused(Refusal, FieldErrors),
    /// The form of the page failed for our reasons; the number is in the log.
    Broken(String, FieldErrors),
    /// The activation mail is on its way to this address (S25).
    Sent(String),
    /// A new activation mail is on its way, if the account waits for one.
    Resent,
    /// The account is active (S27, S28).
    Activated,
    /// A further site is associated (S45).
    Associated,
    /// If an account has this address, a link to a new password is on its way (S70).
    ResetAsked,
    /// If a site has this identifiant, a letter is on its way (S73).
    LettersAsked,
    /// The password was chosen anew with a link.
    PasswordReset,
    /// The account sleeps until the link sent to this new address is used (S103, S104).
    EmailMoving(String),
    /// The new address is the login.
    EmailConfirmed,
    /// The old address is the login again.
    EmailReverted,
    /// The address of this login must be certified again before anybody gets in (S29).
    Certify(String),
    /// If an account has this address, a link to certify it is on its way.
    CertifyAsked,
    /// The address is certified again (S30).
    Certified,
    /// Every session was ended by « ce n’était pas moi ».
    Alarm,
    /// Something on the account was saved.
    Saved(Saved),
    /// A code was sent to the mobile that was typed (S32); the rest of the form comes along.
    SmsSent(FieldErrors),
    /// The mobile that was typed is certified for this opening (A47); the rest of the form comes along.
    SmsCertified(FieldErrors),
    /// Everything of the person was erased.
    Erased,
    /// Logged out.
    SignedOut,
    /// Logged out here; the identity provider that let the person in ends its own session at this address.
    SignedOutHere(String),
    /// The password was right but the account waits for its activation (D11): the address, for the form that sends a new link.
    Activate(String),
    /// The way pages are drawn was changed.
    DisplaySaved,
    /// The grid was drawn again as the person filled it: a whole column, or to show what it would open.
    Redrawn(FieldErrors, bool),
    /// What a form did on each of several clients, and whether it ended rights there.
    Reported(Report, bool),
    /// So many sites were asked for access, and so many had been before.
    AccessAsked(usize, usize),
    /// The recovery codes that were just made: shown on that page, once.
    RecoveryCodes(Vec<String>),
}

/// What was saved on the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Saved {
    /// The password.
    Password,
    /// Name and phone numbers.
    Contact,
    /// The mobile is certified.
    Mobile,
    /// All other sessions ended.
    Others,
    /// An application or a passkey was added beside another factor.
    FactorAdded,
    /// An application or a passkey was removed.
    FactorRemoved,
    /// A login of another identity provider leads here now.
    Linked,
    /// One does no more.
    Unlinked,
    /// An invitation was sent (S141).
    Invited,
    /// It was sent again.
    InvitedAgain,
    /// Rights of somebody were changed.
    Rights,
    /// Rights of somebody have ended.
    RightsEnded,
    /// The person accepted rights.
    Accepted,
    /// A request for access was refused.
    AccessRefused,
    /// How often mails about rights leave.
    Notifications,
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
    /// The built files.
    pub assets: Arc<Assets>,
    /// Whether the development mailbox exists.
    pub development: bool,
    /// Whether SMS can be sent: without, no mobile can be certified.
    pub sms: bool,
    /// The other identity provider, when there is one.
    pub provider: Option<Arc<Provider>>,
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

/// Cookies of the portal. All are `__Host-`, `Secure`, `HttpOnly`, `SameSite=Lax`, for the whole site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// Secret of the session.
    Session,
    /// A [`Flash`].
    Flash,
    /// A [`Device`].
    Device,
    /// An [`Opening`].
    Opening,
    /// Secret of a followed link.
    Link,
    /// A [`Pending`] login.
    Second,
    /// The way to the identity provider.
    Journey,
    /// A [`Linking`].
    Linking,
    /// A [`Giving`].
    Giving,
    /// A [`Handing`].
    Handing,
    /// A [`Display`].
    Display,
}

impl Cookie {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Session,
        Self::Flash,
        Self::Device,
        Self::Opening,
        Self::Link,
        Self::Second,
        Self::Journey,
        Self::Linking,
        Self::Giving,
        Self::Handing,
        Self::Display,
    ];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Session => "__Host-session",
            Self::Flash => "__Host-message",
            Self::Device => "__Host-appareil",
            Self::Opening => "__Host-ouverture",
            Self::Link => "__Host-lien",
            Self::Second => "__Host-deuxieme",
            Self::Journey => "__Host-fournisseur",
            Self::Linking => "__Host-rattachement",
            Self::Giving => "__Host-delegation",
            Self::Handing => "__Host-transmission",
            Self::Display => "__Host-affichage",
        }
    }

    /// Seconds it is kept; none for as long as the browser is open.
    const fn age(self) -> Option<u32> {
        match self {
            Self::Session => None,
            Self::Flash => Some(120),
            Self::Device => Some(180 * 86_400),
            Self::Opening | Self::Giving | Self::Handing => Some(1_800),
            Self::Link | Self::Second | Self::Journey | Self::Linking => Some(600),
            Self::Display => Some(400 * 86_400),
        }
    }

    /// The header that sets it.
    #[must_use]
    pub fn set(self, value: &str) -> String {
        let age = self.age().map_or_else(String::new, |age| format!("; Max-Age={age}"));
        format!("{}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{age}", self.name())
    }

    /// The header that removes it.
    #[must_use]
    pub fn clear(self) -> String {
        format!("{}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0", self.name())
    }
}

/// Where a form leads, and what changes in the browser on the way.
#[derive(Debug)]
pub struct Next {
    page: Page,
    query: String,
    message: Option<Message>,
    cookies: Vec<(Cookie, Option<String>)>,
    clear_site_data: bool,
}

impl Next {
    /// Leads to a page.
    #[must_use]
    pub const fn page(page: Page) -> Self {
        Self { page, query: String::new(), message: None, cookies: Vec::new(), clear_site_data: false }
    }

    /// As it stands in this query: of the characters of an encoded one and nothing else, or none at all.
    #[must_use]
    pub fn with_query(mut self, query: &str) -> Self {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"=&%-_.~+".contains(&byte);
        if query.len() <= 1_000 && !query.is_empty() && query.bytes().all(is_plain) {
            self.query = format!("?{query}");
        }
        self
    }

    /// Says something there.
    #[must_use]
    pub fn saying(mut self, message: Message) -> Self {
        self.message = Some(message);
        self
    }

    /// Sets a cookie to a text.
    #[must_use]
    pub fn set(mut self, cookie: Cookie, value: String) -> Self {
        self.cookies.push((cookie, Some(value)));
        self
    }

    /// Sets a cookie to a sealed value.
    ///
    /// # Errors
    /// When the value does not serialise.
    pub fn sealed<T: Serialize>(self, cx: &Context, cookie: Cookie, value: &T) -> Result<Self, Fault> {
        let sealed = cx.services.key().seal(cookie.name(), value, cx.services.dice())?;
        Ok(self.set(cookie, sealed))
    }

    /// Gives the session its new secret, when it got one.
    #[must_use]
    pub fn renewing(self, session: Option<services::SessionKey>) -> Self {
        match session {
            Some(session) => self.set(Cookie::Session, session.0),
            None => self,
        }
    }

    /// Removes a cookie.
    #[must_use]
    pub fn clear(mut self, cookie: Cookie) -> Self {
        self.cookies.push((cookie, None));
        self
    }

    /// Tells the browser to forget pages it keeps (log out).
    #[must_use]
    pub const fn forgetting_pages(mut self) -> Self {
        self.clear_site_data = true;
        self
    }
}

/// The request's context, inside a server function.
///
/// # Errors
/// `Broken` when the router forgot to provide it.
pub fn context() -> Result<Context, Failure> {
    use_context::<Context>().ok_or_else(|| Failure::Broken("no context".into()))
}

/// Answers a form: 303 to the page `outcome` names, or back to `form` with the refusal, which that page shows with its status
/// beside what was `typed`.
/// Callers that do not accept HTML get status and code at once.
///
/// # Errors
/// [`Failure`], for callers that do not accept HTML only.
pub fn answer(cx: &Context, form: &Page, typed: FieldErrors, outcome: Result<Next, Fault>) -> Result<(), Failure> {
    let Some(response) = use_context::<ResponseOptions>() else { return Err(Failure::Broken("no response".into())) };
    if let Err(Fault::Refused(refusal)) = &outcome {
        // One line each, so that tries can be counted; whose they are is for the counters, not for the log.
        tracing::info!(request = cx.request, form = form.path(), refusal = refusal.code(), "form refused");
    }
    let next = match outcome {
        Ok(next) => next,
        Err(Fault::Refused(refusal)) if !cx.accepts_html => {
            response.set_status(StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST));
            if let Some(seconds) = refusal.retry_after() {
                response.insert_header(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            return Err(Failure::Refused(refusal));
        }
        Err(Fault::Refused(refusal)) => refused(form, refusal, typed),
        Err(Fault::Broken(reason)) => {
            tracing::error!(request = cx.request, form = form.path(), reason, "form failed");
            if !cx.accepts_html {
                response.set_status(StatusCode::INTERNAL_SERVER_ERROR);
                return Err(Failure::Broken(cx.request.clone()));
            }
            Next::page(form.clone()).saying(Message::Broken(cx.request.clone(), typed))
        }
    };
    for (name, value) in headers(cx, next) {
        response.append_header(name, value);
    }
    response.set_status(StatusCode::SEE_OTHER);
    Ok(())
}

/// Where a refusal is shown: on the form itself, or where the person can go on.
fn refused(form: &Page, refusal: Refusal, typed: FieldErrors) -> Next {
    match refusal {
        Refusal::SignedOut => Next::page(Page::SignIn).saying(Message::Refused(Refusal::SignedOut, typed)),
        Refusal::SecondStepLost => Next::page(Page::SignIn).clear(Cookie::Second).saying(Message::Refused(Refusal::SecondStepLost, typed)),
        other => Next::page(form.clone()).saying(Message::Refused(other, typed)),
    }
}

/// The headers of an answer: Location, cookies, what the browser is to forget.
#[must_use]
pub fn headers(cx: &Context, next: Next) -> Vec<(header::HeaderName, HeaderValue)> {
    let mut texts = vec![(header::LOCATION, format!("{}{}", next.page.path(), next.query))];
    for (cookie, value) in next.cookies {
        texts.push((header::SET_COOKIE, value.map_or_else(|| cookie.clear(), |value| cookie.set(&value))));
    }
    if let Some(message) = next.message {
        let flash = Flash { page: next.page.path(), message };
        match cx.services.key().seal(Cookie::Flash.name(), &flash, cx.services.dice()) {
            Ok(sealed) => texts.push((header::SET_COOKIE, Cookie::Flash.set(&sealed))),
            Err(fault) => tracing::error!(request = cx.request, %fault, "flash lost"),
        }
    }
    if next.clear_site_data {
        texts.push((header::HeaderName::from_static("clear-site-data"), "\"cache\", \"storage\"".to_owned()));
    }
    texts.into_iter().filter_map(|(name, text)| Some((name, HeaderValue::from_str(&text).ok()?))).collect()
}

/// What the cookies of a request say, their seals checked.
#[derive(Debug, Default)]
pub struct Carried {
    /// Secret of the session.
    pub session: Option<String>,
    /// Message of the last form.
    pub flash: Option<Flash>,
    /// The browser, known from an earlier login.
    pub device: Option<Device>,
    /// Step 1/2 of the opening.
    pub opening: Option<Opening>,
    /// Secret of a followed link.
    pub link: Option<String>,
    /// A login between its two steps.
    pub pending: Option<Pending>,
    /// The way to the identity provider, still sealed.
    pub journey: Option<String>,
    /// What the provider has proven.
    pub linking: Option<Linking>,
    /// Step 1 of a delegation.
    pub giving: Option<Giving>,
    /// Step 1 over several clients.
    pub handing: Option<Handing>,
    /// How pages are drawn.
    pub display: Display,
}

impl Carried {
    /// Reads the `Cookie` headers of a request.
    #[must_use]
    pub fn read(services: &Services, headers: &http::HeaderMap) -> Self {
        let mut carried = Self::default();
        let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(';'));
        for (name, value) in pairs.filter_map(|pair| pair.trim().split_once('=')) {
            let key = services.key();
            let Some(cookie) = Cookie::ALL.into_iter().find(|cookie| cookie.name() == name) else { continue };
            match cookie {
                Cookie::Session => carried.session = Some(value.to_owned()),
                Cookie::Flash => carried.flash = key.unseal(name, value),
                Cookie::Device => carried.device = key.unseal(name, value),
                Cookie::Opening => carried.opening = key.unseal(name, value),
                Cookie::Link => carried.link = key.unseal(name, value),
                Cookie::Second => carried.pending = key.unseal(name, value),
                Cookie::Journey => carried.journey = Some(value.to_owned()),
                Cookie::Linking => carried.linking = key.unseal(name, value),
                Cookie::Giving => carried.giving = key.unseal(name, value),
                Cookie::Handing => carried.handing = key.unseal(name, value),
                Cookie::Display => carried.display = key.unseal(name, value).unwrap_or_default(),
            }
        }
        carried
    }
}
