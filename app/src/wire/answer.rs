//! How the answer to a form leaves: the one place that decides its status, redirect and cookies.

use super::{Context, Cookie, Flash, Message};
use crate::failure::Failure;
use crate::routes::Page;
use domain::form::FieldErrors;
use domain::refusal::Refusal;
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use serde::Serialize;
use services::Fault;

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

/// What becomes of a form.
#[derive(Debug)]
pub enum Decision {
    /// A page shows what came of it: 303 with these headers.
    Elsewhere(Vec<(header::HeaderName, HeaderValue)>),
    /// Whoever sent it takes no page: a status, seconds until it is worth trying again, and the code.
    Plain(StatusCode, Option<u32>, Failure),
}

/// Decides how a form is answered: 303 to the page `outcome` names, or back to the form with the refusal, which that page shows with its
/// status beside what was `typed`. Callers that do not accept HTML get status and code at once.
#[must_use]
pub fn decide(cx: &Context, back: Next, typed: FieldErrors, outcome: Result<Next, Fault>) -> Decision {
    if let Err(fault) = &outcome {
        note(cx, &back.page, fault);
    }
    let next = match outcome {
        Ok(next) => next,
        Err(Fault::Refused(refusal)) if !cx.accepts_html => {
            let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
            return Decision::Plain(status, refusal.retry_after(), Failure::Refused(refusal));
        }
        Err(Fault::Refused(refusal)) => refused(back, refusal, typed),
        Err(Fault::Broken(_)) => {
            if !cx.accepts_html {
                return Decision::Plain(StatusCode::INTERNAL_SERVER_ERROR, None, Failure::Broken(cx.request.clone()));
            }
            back.saying(Message::Broken(cx.request.clone(), typed))
        }
    };
    Decision::Elsewhere(headers(cx, next))
}

/// What a form says that is drawn in the answer itself: what was typed and could not be kept is too long for a redirect to carry.
#[must_use]
pub fn shown_at_once(cx: &Context, form: &Page, fault: Fault, typed: FieldErrors) -> Message {
    note(cx, form, &fault);
    match fault {
        Fault::Refused(refusal) => Message::Refused(refusal, typed),
        Fault::Broken(_) => Message::Broken(cx.request.clone(), typed),
    }
}

/// One line each, so that tries can be counted; whose they are is for the counters, not for the log.
fn note(cx: &Context, form: &Page, fault: &Fault) {
    match fault {
        Fault::Refused(refusal) => tracing::info!(request = cx.request, form = form.path(), refusal = refusal.code(), "form refused"),
        Fault::Broken(reason) => tracing::error!(request = cx.request, form = form.path(), reason, "form failed"),
    }
}

/// Answers a form of a server function as [`decide`] says; `form` is the page it stands on.
///
/// # Errors
/// [`Failure`], for callers that do not accept HTML only.
pub fn answer(cx: &Context, form: &Page, typed: FieldErrors, outcome: Result<Next, Fault>) -> Result<(), Failure> {
    let Some(response) = use_context::<ResponseOptions>() else { return Err(Failure::Broken("no response".into())) };
    match decide(cx, Next::page(form.clone()), typed, outcome) {
        Decision::Elsewhere(headers) => {
            for (name, value) in headers {
                response.append_header(name, value);
            }
            response.set_status(StatusCode::SEE_OTHER);
            Ok(())
        }
        Decision::Plain(status, retry_after, failure) => {
            response.set_status(status);
            if let Some(seconds) = retry_after {
                response.insert_header(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            Err(failure)
        }
    }
}

/// Where a refusal is shown: on the form itself, or where the person can go on.
fn refused(back: Next, refusal: Refusal, typed: FieldErrors) -> Next {
    match refusal {
        // Whoever logs in again is where they were.
        Refusal::SignedOut => {
            let to = format!("suite={}", back.page.path().replace('/', "%2F"));
            Next::page(Page::SignIn).with_query(&to).saying(Message::Refused(Refusal::SignedOut, typed))
        }
        Refusal::SecondStepLost => Next::page(Page::SignIn).clear(Cookie::Second).saying(Message::Refused(Refusal::SecondStepLost, typed)),
        other => back.saying(Message::Refused(other, typed)),
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
