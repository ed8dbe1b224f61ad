//! Associating further sites (S38–S46).
#![expect(missing_docs, reason = "the fields of the structs that the macro makes are those of the drafts")]

use crate::failure::Failure;
use crate::routes::Page;
use crate::wire::{Context, Cookie, Message, Next, answer, context};
use domain::identity::account::AssociateDraft;
use domain::identity::opening::LettersDraft;
use domain::refusal::Refusal;
use leptos::prelude::*;
use services::Fault;

/// Step 1/2: the letters of the new site (S39–S41). Same proof as for an opening.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = IdentifyFurther, prefix = "/api", endpoint = "association/identify")]
pub async fn identify_further(draft: LettersDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let opening = cx.services.prove_letters(&draft, &cx.origin).await?;
        Next::page(Page::AssociateLogin).sealed(&cx, Cookie::Opening, &opening)
    };
    answer(&cx, &Page::Associate, draft.kept(), outcome.await)
}

/// Step 2/2: login and password of the existing space (S42–S46).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = Associate, prefix = "/api", endpoint = "association/associate")]
pub async fn associate(draft: AssociateDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = attach(&cx, &draft).await;
    answer(&cx, &Page::AssociateLogin, draft.kept(), outcome)
}

async fn attach(cx: &Context, draft: &AssociateDraft) -> Result<Next, Fault> {
    let opening = cx.opening.as_ref().ok_or(Refusal::FlowLost)?;
    cx.services.associate_with_password(opening, draft, &cx.origin).await?;
    // Whoever is logged in stays so; the others are led to the login page, not into a session (S46).
    let page = if cx.visit.is_some() { Page::Sites } else { Page::SignIn };
    Ok(Next::page(page).clear(Cookie::Opening).saying(Message::Associated))
}
