//! The public entry (S4–S8).

use super::failures::flash;
use crate::document::Loaded;
use crate::layout::Frame;
use crate::routes::Page;
use crate::wire::Context;
use crate::words::identity as words;
use leptos::prelude::*;

/// The entry: log in, open, associate.
pub(super) fn load(cx: &Context) -> Loaded {
    let said = flash(cx);
    Loaded::new("Accueil", Frame::Wide, move || {
        view! {
            <div class="stack">
                {said}
                <hgroup>
                    <h1>"Espace sécurisé entreprise"</h1>
                    <p class="soft">"Vos démarches avec votre caisse de congés et intempéries du BTP\u{202f}: déclarations, salariés, arrêts, documents."</p>
                </hgroup>
                <div class="two">
                    <section class="card stack">
                        <h2>"Vous avez déjà un espace"</h2>
                        <p class="soft">"Connectez-vous avec l’adresse mail de votre compte."</p>
                        <a class="btn primary full" href=Page::SignIn.path()>"Se connecter"</a>
                    </section>
                    {doors()}
                </div>
            </div>
        }
        .into_any()
    })
}

/// The two buttons of the letters (S6, S7).
pub(super) fn doors() -> AnyView {
    view! {
        <div class="stack">
            <section class="card stack tight">
                <h2>"Première connexion"</h2>
                <p class="soft">"Munissez-vous des deux courriers de votre caisse\u{202f}: le courrier de bienvenue et le courrier informatique."</p>
                <a class="btn full" href=Page::OpeningLetters.path()>{words::CREATE}</a>
            </section>
            <section class="card stack tight">
                <h2>"D’autres sites déclarants\u{202f}?"</h2>
                <p class="soft">"Ajoutez-les à l’espace que vous avez déjà."</p>
                <a class="btn full" href=Page::Associate.path()>{words::ASSOCIATE}</a>
            </section>
        </div>
    }
    .into_any()
}
