//! The pages: each loads what it shows and says how it is drawn. One file a page or a family of pages.

mod account;
mod association;
mod ceremony;
mod contact;
mod data;
mod display;
mod entry;
mod exchanges;
mod external;
mod factors;
mod failures;
mod legal;
mod links;
mod notifications;
mod opening;
mod panel;
mod parts;
mod portfolio;
mod questions;
mod recovery;
mod rights;
mod second;
mod security;
mod service;
mod sign_in;
mod sites;
mod space;
mod suivi_dsn;

pub use contact::{Interrupted, Why, interrupted};
pub use data::FILE as DATA_FILE;
pub use failures::{broken, refused};
pub use rights::journal_file;
pub use rights::{ListFile, asked as asked_list, kept_size};

use crate::document::Loaded;
use crate::routes::{Access, AccountPage, Page, RightsPage};
use crate::wire::{Context, Message};
use domain::home::Service;
use domain::id::SiteId;
use domain::refusal::Refusal;
use services::Fault;

/// A CSV file that is saved, not shown.
#[derive(Debug)]
pub struct Download {
    /// Its name, ASCII and of our own making.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// What asking for a page gives.
#[derive(Debug)]
pub enum Answer {
    /// The page.
    Page(Box<Loaded>),
    /// Another page to go to, by local address.
    Elsewhere(String),
    /// The page's list as a file.
    File(Download),
}

/// Loads a page for whoever asks. The guard stands first: a page of the space is never half loaded for a stranger.
///
/// # Errors
/// Refusals and failures; the caller draws them with [`refused`] and [`broken`].
pub async fn load(page: &Page, cx: &Context) -> Result<Answer, Fault> {
    if page.access() != Access::Public && cx.visit.is_none() {
        return Ok(Answer::Elsewhere(format!("{}?suite={}", Page::SignIn.path(), page.path())));
    }
    let loaded = match page {
        Page::Entry => entry::load(cx),
        Page::SignIn => match &cx.visit {
            // Somebody who is logged in has nothing to do here, unless the page has something to say.
            Some(_) if cx.flash.is_none() => return Ok(Answer::Elsewhere(Page::Sites.path())),
            _ => sign_in::load(cx),
        },
        Page::SecondStep => second::load(cx).await?,
        Page::LinkExternal => match external::link(cx)? {
            Some(loaded) => loaded,
            None => return Ok(Answer::Elsewhere(Page::SignIn.path())),
        },
        Page::OpeningLetters => opening::letters(cx),
        Page::OpeningContact => match opening::contact(cx).await? {
            Some(loaded) => loaded,
            None => return Ok(Answer::Elsewhere(Page::OpeningLetters.path())),
        },
        Page::OpeningSent => opening::sent(cx),
        Page::Link(purpose) => links::load(cx, *purpose).await?,
        Page::ActivationResend => links::resend(cx),
        Page::Certify => links::certify(cx),
        Page::Associate => association::letters(cx),
        Page::AssociateLogin => match association::login(cx).await? {
            Some(loaded) => loaded,
            None => return Ok(Answer::Elsewhere(Page::Associate.path())),
        },
        Page::Forgotten => recovery::forgotten(cx),
        // The password was given too long ago: the tab asks for it.
        Page::Account(site, AccountPage::DataRead) if cx.services.needs_password(cx.visit()?) => {
            return Ok(Answer::Elsewhere(Page::account(site.as_ref(), AccountPage::Data).path()));
        }
        Page::Account(site, page) => account::load(cx, site.as_ref(), *page).await?,
        Page::Service(site, Service::Profile) => account::load(cx, Some(site), AccountPage::Contact).await?,
        Page::Sites => return sites::load(cx).await,
        Page::Firm(page) => return Ok(portfolio::load(cx, *page).await?.map(|loaded| with_status(cx, loaded))),
        Page::Home(site) => space::home(cx, site).await?,
        Page::Service(site, Service::Dsn) => suivi_dsn::load(cx, site).await?,
        Page::Service(site, Service::AccessRights) => rights::list(cx, site).await?,
        Page::Rights(site, page) => match rights::load(cx, site, page).await? {
            Some(loaded) => loaded,
            None => return Ok(Answer::Elsewhere(Page::Rights(site.clone(), RightsPage::New).path())),
        },
        Page::Service(site, Service::Questions) => questions::load(cx, site).await?,
        Page::Service(site, Service::Contact) => match contact::sent(cx, site).await? {
            Some(thread) => return Ok(Answer::Elsewhere(thread.path())),
            None => contact::load(cx, site).await?,
        },
        Page::Exchanges(site) => exchanges::list(cx, site).await?,
        Page::Exchange(site, id) => exchanges::thread(cx, site, id).await?,
        Page::Service(site, service) => service::load(cx, site, *service).await?,
        Page::Panel(site, panel) => panel::load(cx, site, *panel).await?,
        Page::Legal(legal) => legal::load(cx, *legal),
        Page::Display => display::load(cx),
        Page::Help => panel::outside(cx).await?,
    };
    if let Page::Service(site, service) = page {
        note_use(cx, site, *service).await;
    }
    Ok(Answer::Page(Box::new(with_status(cx, loaded))))
}

/// Notes what is used, for the tiles of the home (S83).
async fn note_use(cx: &Context, site: &SiteId, service: Service) {
    let Some(visit) = &cx.visit else { return };
    noted(cx, cx.services.note_use(visit, site, service).await);
}

/// What came of a note that a page makes about who opens it. The page is not kept from anybody because that failed.
fn noted(cx: &Context, outcome: Result<(), Fault>) {
    if let Err(fault) = outcome {
        tracing::warn!(request = cx.request, %fault, "not noted");
    }
}

/// A page that shows a refusal answers with the refusal's status.
fn with_status(cx: &Context, loaded: Loaded) -> Loaded {
    match &cx.flash {
        Some(Message::Refused(refusal, _)) => loaded.status(status_of(refusal)),
        Some(Message::Broken(..)) => loaded.status(500),
        _ => loaded,
    }
}

/// On the login page, "not logged in" is no failure of the page.
const fn status_of(refusal: &Refusal) -> u16 {
    match refusal {
        Refusal::SignedOut => 200,
        other => other.status(),
    }
}
