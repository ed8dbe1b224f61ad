//! The pages of the footer (S88–S90).

use super::service::reach;
use crate::document::Loaded;
use crate::layout::Frame;
use crate::routes::Legal;
use crate::wire::Context;
use crate::words::services as words;
use leptos::prelude::*;

/// The page.
pub(super) fn load(cx: &Context, legal: Legal) -> Loaded {
    let fund = cx.fund.clone();
    Loaded::new(words::legal(legal), Frame::Plain, move || {
        let paragraphs = text(legal, &fund.nom).into_iter().map(|paragraph| view! { <p>{paragraph}</p> }).collect_view();
        view! {
            <article class="stack">
                <h1>{words::legal(legal)}</h1>
                {paragraphs}
                <h2>"Joindre votre caisse"</h2>
                {reach(&fund)}
            </article>
        }
        .into_any()
    })
}

fn text(legal: Legal, fund: &str) -> Vec<String> {
    match legal {
        Legal::Notices => vec![
            format!("L’Espace sécurisé est édité et exploité par {fund}, association régie par la loi du 1er juillet 1901, pour ses entreprises adhérentes."),
            "Le directeur de la publication est le directeur de la caisse. L’hébergement est assuré par la caisse ou par son prestataire, dont les coordonnées sont communiquées sur demande.".into(),
        ],
        Legal::Privacy => vec![
            format!("{fund} traite les données de votre compte (nom, adresse mail, téléphones) et de votre entreprise pour gérer votre accès et vos droits, sur le fondement de sa mission légale."),
            "Elles sont conservées tant que votre compte est ouvert ; les traces de sécurité le sont douze mois. Elles ne sont transmises à aucun tiers à des fins commerciales.".replace(" ;", "\u{202f};"),
            "Seuls des cookies strictement nécessaires sont déposés : session, message de la dernière page, reconnaissance de votre navigateur, affichage. Aucun traceur.".replace(" :", "\u{202f}:"),
            "Dans «\u{a0}Mon compte\u{a0}», l’onglet «\u{a0}Mes données\u{a0}» montre tout ce que le portail sait de vous, l’imprime, l’emporte et l’efface ; l’onglet «\u{a0}Connexion et contact\u{a0}» le corrige. Votre caisse reste joignable pour toute demande, et vous pouvez saisir la CNIL.".replace(" ;", "\u{202f};"),
        ],
        Legal::Terms => vec![
            "L’accès à l’Espace sécurisé est réservé aux entreprises adhérentes et aux personnes qu’elles désignent. Votre mot de passe est personnel : ne le communiquez à personne, votre caisse ne vous le demandera jamais.".replace(" :", "\u{202f}:"),
            "Les informations saisies engagent l’entreprise. Signalez sans délai à votre caisse toute utilisation que vous n’avez pas demandée.".into(),
        ],
        Legal::Accessibility => vec![
            "Cet espace n’a pas encore fait l’objet d’un audit de conformité au RGAA : il est donc déclaré non conforme. Chaque page est vérifiée à chaque version par des contrôles automatiques, et tous les parcours se font au clavier et sans JavaScript.".replace(" :", "\u{202f}:"),
            "Si vous ne parvenez pas à accéder à un contenu ou à un service, joignez votre caisse : elle vous orientera vers une autre solution. Sans réponse satisfaisante, vous pouvez saisir le Défenseur des droits.".replace(" :", "\u{202f}:"),
        ],
    }
}
