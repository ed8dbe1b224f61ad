//! The clients of somebody of an accounting firm.

use crate::routes::FirmPage;
use domain::csv;
use domain::delegations::Role;
use domain::dsn::{DsnState, Period, Severity};
use domain::portfolio::{Client, Column, Standing};
use domain::text::{count, date, month};
use jiff::civil::Date;
use services::{Outcome, RequestStatus};

/// Label of a tab.
#[must_use]
pub const fn tab(page: FirmPage) -> &'static str {
    match page {
        FirmPage::Clients => "Clients",
        FirmPage::Collaborators | FirmPage::HandOn => "Collaborateurs",
        FirmPage::Requests => "Demandes d’accès",
    }
}

/// Head of a column.
#[must_use]
pub const fn column(column: Column) -> &'static str {
    match column {
        Column::Name => "Site",
        Column::Company => "Entreprise",
        Column::Siret => "SIRET",
        Column::City => "Ville",
        Column::Role => "Rôle",
        Column::Month => "DSN du mois",
        Column::Alerts => "Alertes",
        Column::Ends => "Fin de la délégation",
    }
}

/// Which clients a box of the filter keeps.
#[must_use]
pub const fn with(severity: Severity) -> &'static str {
    match severity {
        Severity::Bloquant => "Bloquantes",
        Severity::Anomalie => "Anomalies",
        Severity::Avertissement => "Avertissements",
        Severity::Information => "Informations",
    }
}

/// « 2 bloquantes ».
#[must_use]
pub fn alerts(severity: Severity, number: u32) -> String {
    let number = usize::try_from(number).unwrap_or(usize::MAX);
    match severity {
        Severity::Bloquant => count(number, "bloquante", "bloquantes"),
        Severity::Anomalie => count(number, "anomalie", "anomalies"),
        Severity::Avertissement => count(number, "avertissement", "avertissements"),
        Severity::Information => count(number, "information", "informations"),
    }
}

/// « octobre 2026 ».
#[must_use]
pub fn of_period(period: Period) -> String {
    format!("{} {}", month(period.month), period.year)
}

/// What one is for a client, in one word.
#[must_use]
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Cabinet => "Cabinet",
        Role::Collaborateur => "Collaborateur",
        Role::AdministrateurEntreprise | Role::Administrateur | Role::Utilisateur => "Utilisateur",
    }
}

/// When the delegation ends, has ended or begins.
#[must_use]
pub fn end(client: &Client) -> String {
    let ends = client.holding.ends.map_or_else(|| "Sans fin".to_owned(), date);
    match client.holding.standing {
        Standing::Live => ends,
        Standing::Over => format!("Terminée le {ends}"),
        Standing::Future => format!("À partir du {}", date(client.holding.starts)),
    }
}

/// How many clients are shown, of how many.
#[must_use]
pub fn found(found: usize, total: usize, is_narrowed: bool) -> String {
    if is_narrowed {
        format!("{} sur {}.", count(found, "client trouvé", "clients trouvés"), domain::text::grouped(total))
    } else {
        format!("{}.", count(total, "client", "clients"))
    }
}

/// Where a request stands.
#[must_use]
pub const fn request(status: RequestStatus) -> &'static str {
    match status {
        RequestStatus::Waiting => "En attente de réponse",
        RequestStatus::Granted => "Acceptée\u{202f}: invitation envoyée",
        RequestStatus::Refused => "Refusée",
        RequestStatus::Expired => "Expirée sans réponse",
    }
}

/// What became of a form with several SIRETs.
#[must_use]
pub fn asked(new: usize, known: usize) -> String {
    let mut text = match new {
        0 => "Aucune nouvelle demande.".to_owned(),
        _ => format!("{}.", count(new, "demande enregistrée", "demandes enregistrées")),
    };
    if known > 0 {
        text = format!("{text} {} déjà une demande de votre part\u{202f}: elle reste inchangée.", has(known));
    }
    text
}

fn has(number: usize) -> String {
    format!("{} {}", count(number, "site", "sites"), if number < 2 { "avait" } else { "avaient" })
}

/// What was done on one client, of what somebody chose.
#[must_use]
pub const fn outcome(outcome: Outcome, is_end: bool) -> &'static str {
    match outcome {
        Outcome::Done if is_end => "Droits terminés",
        Outcome::Done => "Invitation envoyée",
        Outcome::Already => "Rien de changé\u{202f}: cette personne y a déjà des droits, une invitation, ou les vôtres viennent d’elle",
        Outcome::Beyond => "Refusé\u{202f}: vous y détenez moins de droits, ou pour moins longtemps",
        Outcome::Gone => "Refusé\u{202f}: vous n’y avez plus de droits à transmettre, ou cette ligne n’est plus ouverte",
        Outcome::Changed => "Rien de changé\u{202f}: quelqu’un d’autre vient de modifier cette ligne",
        Outcome::Busy => "Rien de changé\u{202f}: trop d’opérations en cours, recommencez",
    }
}

/// Fields of the form that hands rights on.
pub const HAND: [(&str, &str); 5] = [
    ("sites", "Clients"),
    ("email", "Adresse mail du collaborateur"),
    ("starts", "Date d’effet"),
    ("ends", "Date de fin"),
    ("current", "Votre mot de passe actuel"),
];

/// Said below the form, whatever the fund knows.
pub const NEUTRAL: &str = "Les administrateurs des sites concernés sont prévenus par mail. Pour protéger les entreprises, la caisse ne dit pas si un SIRET lui est connu\u{202f}: sans réponse, la demande expire au bout de 30 jours.";
/// Fields of the form that asks for access.
pub const ASK: [(&str, &str); 5] = [
    ("siret", "SIRET de votre cabinet"),
    ("sirets", "SIRET de vos clients"),
    ("message", "Message à l’employeur"),
    ("colleges", "Collèges"),
    ("rights", "Droits d’accès"),
];
/// Hint of the SIRETs.
pub const SIRETS_HINT: &str = "Un par ligne, 50 au plus, ou le contenu d’un fichier CSV\u{202f}: les SIRET y sont reconnus.";
/// Hint of the message.
pub const MESSAGE_HINT: &str = "500 caractères au plus. Seuls les administrateurs du site le liront.";
/// Hint of the firm's SIRET.
pub const FIRM_HINT: &str = "14 chiffres. L’employeur le verra avec votre nom et votre adresse mail.";

/// The list as a file: a heading, one line a client, as they are shown (T33).
#[must_use]
pub fn file(clients: &[Client]) -> String {
    let severities = Severity::ALL.map(|severity| with(severity).to_owned());
    let heads = ["Site", "Entreprise", "SIRET", "Ville", "Rôle", "Mois DSN"].map(str::to_owned);
    let of_month = severities.clone().map(|name| format!("{name} du mois"));
    let ends = ["Délégation", "Fin de la délégation", "Favori"].map(str::to_owned);
    let mut out = csv::MARK.to_owned();
    let all: Vec<String> = heads.into_iter().chain(of_month).chain(severities).chain(ends).collect();
    csv::line(&mut out, all.iter().map(String::as_str));
    for client in clients {
        let fields = fields(client);
        csv::line(&mut out, fields.iter().map(String::as_str));
    }
    out
}

fn fields(client: &Client) -> Vec<String> {
    let month = client.dsn.and_then(|dsn| dsn.month).map(|month| month.to_string()).unwrap_or_default();
    let mut fields = vec![
        client.name.clone(),
        client.company.clone(),
        client.siret.to_string(),
        client.city.clone(),
        role(client.holding.role).into(),
        month,
    ];
    let counts = |counts: fn(DsnState) -> [u32; 4]| match client.dsn {
        Some(dsn) => counts(dsn).map(|count| count.to_string()),
        None => [const { String::new() }; 4],
    };
    fields.extend(counts(|dsn| dsn.of_month.0));
    fields.extend(counts(|dsn| dsn.all.0));
    fields.push(standing(client.holding.standing).to_owned());
    fields.push(client.holding.ends.map(short).unwrap_or_default());
    fields.push(if client.is_favourite { "oui" } else { "" }.to_owned());
    fields
}

/// 31/12/2026, as spreadsheets in France read it.
fn short(day: Date) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}

const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Live => "En cours",
        Standing::Future => "À venir",
        Standing::Over => "Terminée",
    }
}
