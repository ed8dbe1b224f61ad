//! The public entry (S4–S8), and the two ways in that are announced here.

use super::failures::flash;
use crate::document::Loaded;
use crate::layout::Frame;
use crate::routes::Page;
use crate::wire::Context;
use crate::words::{identity as words, refusal};
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

/// Associating further sites: what the two steps will be (S38–S44).
pub(super) fn associate(cx: &Context) -> Loaded {
    let reach = refusal::reach(&cx.fund);
    Loaded::new("Associer d’autres sites déclarants", Frame::Plain, move || {
        view! {
            <div class="stack">
                <h1>"Associer d’autres sites déclarants"</h1>
                <p>"L’association se fera ici en deux étapes, avec les deux courriers reçus pour le nouveau site\u{202f}:"</p>
                <ol>
                    <li>"votre identifiant CIBTP, votre numéro de SIRET et le code confidentiel du nouveau site\u{202f};"</li>
                    <li>"l’adresse mail et le mot de passe de votre espace existant."</li>
                </ol>
                <p>"Ce service n’est pas encore ouvert en ligne. D’ici là, conservez vos courriers\u{202f}: votre caisse rattache le site à votre espace sur simple appel."</p>
                <p class="soft">{reach}</p>
                <p><a class="btn" href=Page::SignIn.path()>"Revenir à la connexion"</a></p>
            </div>
        }
        .into_any()
    })
}

/// Forgotten password: what the two options will be (S66–S73).
pub(super) fn forgotten(cx: &Context) -> Loaded {
    let reach = refusal::reach(&cx.fund);
    Loaded::new("Mot de passe oublié", Frame::Plain, move || {
        view! {
            <div class="stack">
                <h1>"Mot de passe oublié"</h1>
                <p>"La réinitialisation par mail et l’envoi d’un nouveau code par courrier ne sont pas encore ouverts en ligne. Votre caisse vous aide par téléphone."</p>
                <p class="soft">{reach}</p>
                <p><a class="btn" href=Page::SignIn.path()>"Revenir à la connexion"</a></p>
            </div>
        }
        .into_any()
    })
}
