//! What the link of an invitation leads to (S141, A9, A45).

use crate::api::delegation::{AcceptAsNew, AcceptInvitation};
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::pages::failures::flash;
use crate::pages::links::dead;
use crate::pages::parts::password_field;
use crate::routes::Page;
use crate::ui::form::{Field, field, summary};
use crate::wire::Context;
use crate::words::{rights as words, services as service_words};
use domain::text::date;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::{Fault, Invited, Purpose, Way};

/// The page.
pub(in crate::pages) async fn load(cx: &Context, is_dead: bool) -> Result<Loaded, Fault> {
    let found = match &cx.link {
        Some(link) if !is_dead => cx.services.invitation(link, cx.visit.as_ref()).await?,
        _ => None,
    };
    let Some(found) = found else { return Ok(dead(Purpose::Invitation).status(410)) };
    let (sheet, said, errors, cx) = (icons(cx), flash(cx), cx.invalid(), cx.clone());
    Ok(Loaded::new("Invitation", Frame::Plain, move || {
        view! {
            <div class="stack">
                <hgroup>
                    <h1>{format!("Invitation sur {}", found.site)}</h1>
                    <p class="soft">{lead(&found)}</p>
                </hgroup>
                {said}
                {errors.map(|errors| summary(&sheet, &errors, &LABELS))}
                {way(&cx, &sheet, &found)}
            </div>
        }
        .into_any()
    }))
}

fn lead(found: &Invited) -> String {
    let from = found.starts.map(|day| format!(", à partir du {}", date(day))).unwrap_or_default();
    let until = found.ends.map(|end| format!(", {}", words::until(Some(end)))).unwrap_or_default();
    let others = match found.others {
        0 => String::new(),
        others => format!(", sur ce site et {}", domain::text::count(others, "autre site", "autres sites")),
    };
    format!("{} vous donne des droits en tant que «\u{a0}{}\u{a0}»{others}{from}{until}.", found.by, service_words::role(found.role))
}

fn way(cx: &Context, sheet: &str, found: &Invited) -> AnyView {
    match found.way {
        Way::Accept => view! {
            <form class="card stack" method="post" action=AcceptInvitation::PATH>
                <p>{format!("Vous êtes connecté avec l’adresse invitée, {}.", found.email)}</p>
                <p><button class="btn primary">"Accepter l’invitation"</button></p>
            </form>
        }
        .into_any(),
        Way::SignIn => {
            let to = format!("{}?suite={}", Page::SignIn.path(), Page::Link(Purpose::Invitation).path());
            view! {
                <div class="card stack">
                    <p>{format!("Cette invitation est adressée à {}, qui a déjà un espace. Connectez-vous avec cette adresse pour l’accepter.", found.email)}</p>
                    <p><a class="btn primary" href=to>"Se connecter"</a></p>
                </div>
            }
            .into_any()
        }
        Way::Other => view! {
            <div class="card stack">
                <p>{format!("Invitation adressée à {}. Vous êtes connecté avec une autre adresse\u{202f}: rien n’a été modifié.", found.email)}</p>
                <p class="soft">"Pour l’accepter, déconnectez-vous, puis ouvrez à nouveau le lien reçu par mail."</p>
                <p><a class="btn" href=Page::Sites.path()>"Revenir à mes sites"</a></p>
            </div>
        }
        .into_any(),
        Way::Open => open(cx, sheet, found),
    }
}

const LABELS: [(&str, &str); 7] = [
    ("first", "Prénom"),
    ("last", "Nom"),
    ("phone", "Téléphone"),
    ("mobile", "Téléphone mobile"),
    ("email", "Adresse mail"),
    ("password", "Mot de passe"),
    ("password_confirmation", "Confirmation du mot de passe"),
];

/// The fields of step 2/2, the address fixed, names empty (A45).
fn open(cx: &Context, sheet: &str, found: &Invited) -> AnyView {
    let one = |place: usize, kind, autocomplete, optional| {
        let (name, label) = LABELS[place];
        field(
            sheet,
            &Field { name, label, kind, autocomplete, optional, value: cx.typed(name), reason: cx.reason(name), ..Field::default() },
        )
    };
    view! {
        <form class="card stack" method="post" action=AcceptAsNew::PATH novalidate>
            <p>"Créez votre espace pour accepter. Votre adresse mail sera votre identifiant de connexion."</p>
            <dl class="kv"><div><dt>"Adresse mail"</dt><dd>{found.email.clone()}</dd></div></dl>
            {one(0, "text", "given-name", false)}
            {one(1, "text", "family-name", false)}
            {one(2, "tel", "tel", true)}
            {one(3, "tel", "tel", true)}
            <input type="hidden" autocomplete="username" value=found.email.clone()/>
            {password_field(cx, sheet, "password", LABELS[5].1, "new-password", true)}
            {password_field(cx, sheet, "password_confirmation", LABELS[6].1, "new-password", false)}
            <p><button class="btn primary">"Créer mon espace et accepter"</button></p>
        </form>
    }
    .into_any()
}
