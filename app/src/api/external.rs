//! Logins of another identity provider: linked once to an account, taken away.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes are those of the drafts")]

use super::account::page;
use super::identity::arrive;
use crate::failure::Failure;
use crate::routes::{AccountPage, Page};
use crate::wire::{Context, Cookie, Message, Next, Saved, answer, context};
use domain::form::FieldErrors;
use domain::identity::external::ExternalDraft;
use domain::identity::sign_in::SignInDraft;
use leptos::prelude::*;
use services::Fault;

/// Which account is theirs, said once by somebody whom the provider has proven: mail and password of the account.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = LinkExternal, prefix = "/api", endpoint = "external/link")]
pub async fn link_external(draft: SignInDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = link(&cx, &draft).await;
    answer(&cx, &Page::LinkExternal, draft.kept(), outcome)
}

async fn link(cx: &Context, draft: &SignInDraft) -> Result<Next, Fault> {
    let linking = cx.linking()?;
    let entered = cx.services.link_external(&linking.external, draft, &linking.next, &cx.origin).await?;
    Ok(arrive(cx, entered, &linking.next)?.clear(Cookie::Linking))
}

/// The same for somebody who is logged in already.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = LinkOwnExternal, prefix = "/api", endpoint = "external/link_own")]
pub async fn link_own_external(draft: ExternalDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let (visit, linking) = (cx.visit()?, cx.linking()?);
        let typed = draft.parse()?;
        let renewed = cx.services.link_own_external(&linking.external, visit, typed.as_ref(), &cx.origin).await?;
        let page = Page::account(None, AccountPage::Security);
        Ok(Next::page(page).clear(Cookie::Linking).saying(Message::Saved(Saved::Linked)).renewing(renewed))
    };
    answer(&cx, &Page::LinkExternal, FieldErrors::default(), outcome.await)
}

/// Dissocier.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = UnlinkExternal, prefix = "/api", endpoint = "external/unlink")]
pub async fn unlink_external(draft: ExternalDraft) -> Result<(), Failure> {
    let cx = context()?;
    let to = page(&draft.site, AccountPage::Security);
    let outcome = async {
        let visit = cx.visit()?;
        let typed = draft.parse()?;
        let renewed = cx.services.unlink_external(visit, &draft.id, typed.as_ref(), &cx.origin).await?;
        Ok(Next::page(to.clone()).saying(Message::Saved(Saved::Unlinked)).renewing(renewed))
    };
    answer(&cx, &to, FieldErrors::default(), outcome.await)
}
