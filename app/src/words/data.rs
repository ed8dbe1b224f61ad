//! One's own data: what is said about them, and values that are codes.

use super::account::event;
use super::help::tour_title;
use super::{news, services};
use domain::home::Service;
use domain::home::habits::Habits;
use domain::text::date;

/// Above the tab.
pub const INTRO: &str = "Tout ce que l’Espace sécurisé sait de vous : compte, droits, appareils, messages, journal. Aucun mot de passe, aucun secret, aucune donnée d’une autre personne.";
/// About the file.
pub const FILE: &str = "Le fichier est au format JSON, lisible par un programme. Pour une version sur papier, imprimez cette page.";
/// What is asked for before.
pub const STEP_UP: &str = "Votre mot de passe est demandé s’il a été saisi il y a plus de quinze minutes.";
/// The tick box of the erasure.
pub const UNDERSTOOD: &str = "J’ai lu ce qui précède et je demande l’effacement définitif de mes données";

/// What goes at once.
pub const GOES: [&str; 4] = [
    "Votre nom, votre adresse mail et vos numéros de téléphone",
    "Votre mot de passe et vos autres moyens de connexion",
    "Vos sessions, sur tous vos appareils, et les liens et codes qui vous ont été envoyés",
    "Les messages en attente, et la trace de ceux qui sont partis",
];

/// What stays, why and how long.
pub const STAYS: [&str; 3] = [
    "Le journal de sécurité, douze mois au plus : il ne vous désigne plus que par un numéro.",
    "L’historique des droits sur les sites, sous ce même numéro : il prouve qui pouvait quoi.",
    "Le dossier de votre entreprise à la caisse (nom, SIRET, adresse, titulaire), que la loi demande de tenir.",
];

/// A text with the right spaces before its signs.
#[must_use]
pub fn spaced(text: &str) -> String {
    text.replace(" :", "\u{202f}:").replace(" ;", "\u{202f};")
}

/// What becomes of the sites the person leaves.
#[must_use]
pub const fn after(is_last: bool) -> &'static str {
    if is_last {
        "Vous en êtes le dernier administrateur : l’entreprise recevra deux nouveaux courriers pour rouvrir l’espace de ces sites."
    } else {
        "Ces sites gardent un autre administrateur :"
    }
}

/// A value that is a code, in words; none when it is no code.
#[must_use]
pub fn value(table: &str, field: &str, code: &str) -> Option<&'static str> {
    Some(match (table, field, code) {
        ("audit", "what", code) => event(code),
        ("account", "state", "pending") => "en attente d’activation",
        ("account", "state", "active") => "actif",
        ("account", "state", "moving") => "en attente de la nouvelle adresse",
        ("delegation", "role", code) => super::services::role(code.parse().ok()?),
        ("delegation", "origin", "code") => "courriers de la caisse",
        ("delegation", "state", "open") => "ouvert",
        ("delegation", "state", "closed") => "fermé",
        ("delegation", "state", "invited") => "invitation en attente",
        ("delegation", "state", "withdrawn") => "invitation retirée",
        ("outbox", "state", "waiting") => "à envoyer",
        ("outbox", "state", "sent") => "envoyé",
        ("outbox", "state", "dead") => "abandonné",
        ("outbox", "channel", "mail") => "mail",
        ("outbox", "channel", "sms") => "SMS",
        ("outbox", "channel", "ask") => "demande",
        ("outbox", "kind", code) => message(code)?,
        ("guidance", "sidebar", "folded") => "réduite aux icônes",
        ("notification", "rhythm", "once") => "aussitôt",
        ("notification", "rhythm", "daily") => "un message par jour",
        ("notification", "rhythm", "never") => "aucun, sauf la sécurité",
        ("token", "purpose", "activation") => "activation du compte",
        ("token", "purpose", "email") => "nouvelle adresse",
        ("token", "purpose", "revert") => "retour à l’ancienne adresse",
        ("token", "purpose", "certification") => "certification de l’adresse",
        ("token", "purpose", "reset") => "nouveau mot de passe",
        ("token", "purpose", "alarm") => "« ce n’était pas moi »",
        _ => return None,
    })
}

/// A value that is made of codes, in words; none when it is none, or cannot be read. A code that the portal has no more stays as it is.
#[must_use]
pub fn told(table: &str, field: &str, text: &str) -> Option<String> {
    Some(match (table, field) {
        ("guidance", "news" | "announced") => news::find(text)?.title.to_owned(),
        ("guidance", "tours") => joined(text.lines().map(|name| tour_title(name).unwrap_or(name).to_owned())),
        ("habit", "uses") => habits(&::services::saved_habits(text)?),
        _ => return None,
    })
}

/// « Au 24 novembre 2026 : Suivi DSN (1,9 jour). Ce jour-là : Suivi DSN. »
fn habits(habits: &Habits) -> String {
    let services = |slugs: &[String]| joined(slugs.iter().map(|slug| service(slug).to_owned()));
    let mut parts = Vec::new();
    if let Some(day) = habits.counted() {
        let scores = habits.scores();
        if !scores.is_empty() {
            parts.push(format!("Au {}\u{202f}: {}.", date(day), joined(scores.into_iter().map(|(slug, days)| used(slug, days)))));
        }
        if !habits.used().is_empty() {
            parts.push(format!("Ce jour-là\u{202f}: {}.", services(habits.used())));
        }
    }
    if let Some((day, tiles)) = habits.shown().filter(|(_, tiles)| !tiles.is_empty()) {
        parts.push(format!("Tuiles de l’accueil, le {}\u{202f}: {}.", date(day), services(tiles)));
    }
    parts.join(" ")
}

/// « Suivi DSN (1,9 jour) ». A day counts half after a month: the number is seldom whole, and French has no plural below two.
fn used(slug: &str, days: f64) -> String {
    let number = format!("{days:.1}").replace('.', ",");
    format!("{} ({}\u{a0}{})", service(slug), number.trim_end_matches(",0"), if days < 1.95 { "jour" } else { "jours" })
}

fn service(slug: &str) -> &str {
    let known = Service::ALL.into_iter().find(|service| service.slug() == slug).map(services::name);
    known.unwrap_or(slug)
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

fn message(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "activation" => "Activation du compte",
        "email_confirm" => "Confirmation de la nouvelle adresse",
        "email_moving" => "Changement d’adresse en cours",
        "email_taken" => "Adresse demandée par une autre personne",
        "certification" => "Certification de l’adresse",
        "certification_soon" => "Rappel de certification",
        "reset" => "Nouveau mot de passe",
        "password_changed" => "Mot de passe modifié",
        "new_device" => "Connexion d’un nouvel appareil",
        "factor_changed" => "Double authentification modifiée",
        "new_administrator" | "administrator_added" => "Nouvel administrateur",
        "letters_asked" => "Nouveaux courriers demandés",
        "contact_copy" => "Copie d’un message à la caisse",
        "contact_received" => "Message à la caisse",
        "contact_answered" => "Réponse de la caisse",
        "invitation" => "Invitation",
        "invitation_accepted" => "Invitation acceptée",
        "rights_modified" => "Droits modifiés",
        "rights_closed" => "Droits fermés",
        "firm_removed" => "Délégation du cabinet supprimée",
        "collaborator_closed" => "Droits d’un collaborateur fermés",
        "rights_ending" => "Droits bientôt à leur fin",
        "rights_expired" => "Droits arrivés à leur fin",
        "sms_code" => "Code de certification",
        "sms_message" => "Message de la caisse",
        "ask" => "Demande à l’étude",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn g26_codes_of_the_help_are_told_in_words_and_those_that_are_gone_stay() {
        assert_eq!(told("guidance", "news", news::ALL[0].id).as_deref(), Some(news::ALL[0].title));
        assert_eq!(told("guidance", "announced", "double-authentification"), told("guidance", "news", "double-authentification"));
        assert_eq!(told("guidance", "news", "disparue"), None);
        assert_eq!(told("guidance", "tours", "accueil\ndroits/fiche\ndisparue\n").unwrap(), "Accueil, Fiche d’un bénéficiaire, disparue");
        for (table, field) in [("habit", "uses"), ("habit", "used"), ("outbox", "payload")] {
            assert_eq!(told(table, field, "{"), None, "{table}.{field}");
        }
    }

    #[test]
    fn g26_what_was_used_is_told_by_the_names_of_services() {
        assert_eq!(told("habit", "uses", "{}").unwrap(), "");
        let mut uses = Habits::default();
        uses.note(Service::Refunds, date(2026, 11, 23));
        uses.note(Service::Dsn, date(2026, 11, 23));
        uses.note(Service::Dsn, date(2026, 11, 24));
        uses.tiles(|_| true, &[], date(2026, 11, 24));
        assert_eq!(
            habits(&uses),
            "Au 24\u{a0}novembre 2026\u{202f}: Suivi DSN (2\u{a0}jours), Remboursements (1\u{a0}jour). Ce jour-là\u{202f}: Suivi DSN. \
             Tuiles de l’accueil, le 24\u{a0}novembre 2026\u{202f}: Suivi DSN, Remboursements."
        );
        assert_eq!(used("disparu", 2.52), "disparu (2,5\u{a0}jours)");
        let text = r#"{"scores":{"suivi-dsn":1.5,"disparu":1.0},"counted":"2026-11-24"}"#;
        assert_eq!(
            told("habit", "uses", text).unwrap(),
            "Au 24\u{a0}novembre 2026\u{202f}: Suivi DSN (1,5\u{a0}jour), disparu (1\u{a0}jour)."
        );
    }
}
