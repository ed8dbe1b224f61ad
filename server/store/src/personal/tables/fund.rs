//! Tables of the fund's own records, and those that name nobody.

use super::{NOW, YEAR, end, plain};
use crate::personal::Nature::Record;
use crate::personal::{Field, Nature, Table};

const OF_FUND: Nature = Record("dossier de l’adhérent, que la caisse tient pour ses obligations légales");

const fn of_fund(name: &'static str, what: &'static str) -> Field {
    Field { name, what, nature: OF_FUND }
}

pub(super) const THROTTLE: Table = Table {
    name: "throttle",
    title: "Compteurs d’essais",
    rows: None,
    ends: &[end("tous", "", "expires", "l’expiration (une heure à sept jours après le dernier essai)", NOW)],
    fields: &[
        Field {
            name: "id",
            what: "Ce qui est compté : empreinte d’une adresse ou d’un numéro, compte, navigateur, réseau",
            nature: Record("les effacer rendrait leurs essais à qui devine ; ils expirent d’eux-mêmes"),
        },
        plain("hits", "Dates des essais"),
        plain("expires", "Expiration"),
    ],
};

pub(super) const SITE: Table = Table {
    name: "site",
    title: "Sites déclarants",
    rows: None,
    ends: &[],
    fields: &[
        plain("id", "Numéro du site"),
        plain("adherent", "Adhérent"),
        of_fund("siret", "SIRET"),
        of_fund("identifiant", "Identifiant CIBTP"),
        of_fund("name", "Nom"),
        of_fund("holder_first", "Prénom du titulaire connu de la caisse"),
        of_fund("holder_last", "Nom du titulaire connu de la caisse"),
        of_fund("street", "Adresse"),
        of_fund("complement", "Complément"),
        of_fund("postcode", "Code postal"),
        of_fund("city", "Ville"),
        plain("created", "Importé le"),
        plain("alerts", "Nombre d’alertes DSN"),
        of_fund("alert_messages", "Premières alertes DSN"),
        plain("dsn_month", "Dernier mois de DSN examiné"),
        plain("dsn_counts", "Nombre d’alertes DSN par gravité"),
        plain("letters", "État des courriers"),
    ],
};

pub(super) const ADHERENT: Table = Table {
    name: "adherent",
    title: "Adhérents",
    rows: None,
    ends: &[],
    fields: &[plain("id", "Numéro interne"), of_fund("numero", "Numéro d’adhérent"), of_fund("raison_sociale", "Raison sociale")],
};

pub(super) const ADHERENT_CLAIM: Table =
    claims("adherent_claim", "Numéros d’adhérents réservés", &[plain("id", "Numéro"), plain("adherent", "Adhérent")]);
pub(super) const SIRET_CLAIM: Table = claims("siret_claim", "SIRET réservés", &[plain("id", "SIRET"), plain("site", "Site")]);
pub(super) const IDENTIFIANT_CLAIM: Table =
    claims("identifiant_claim", "Identifiants réservés", &[plain("id", "Identifiant CIBTP"), plain("site", "Site")]);

const fn claims(name: &'static str, title: &'static str, fields: &'static [Field]) -> Table {
    Table { name, title, rows: None, ends: &[], fields }
}

pub(super) const GUARD: Table = Table {
    name: "guard",
    title: "Gardes des droits d’un site",
    rows: None,
    ends: &[],
    fields: &[plain("id", "Site"), plain("rev", "Révision"), plain("admins", "Nombre d’administrateurs")],
};

pub(super) const LETTER: Table = Table {
    name: "letter",
    title: "Courriers",
    rows: None,
    ends: &[],
    fields: &[
        plain("id", "Numéro du courrier"),
        plain("site", "Site"),
        plain("batch", "Lot"),
        plain("created", "Fait le"),
        plain("state", "État"),
        plain("posted", "Posté le"),
        plain("code", "Code porté"),
    ],
};

pub(super) const LETTER_CODE: Table = Table {
    name: "letter_code",
    title: "Codes des courriers",
    rows: None,
    ends: &[end("tous", "", "expires", "l’expiration", YEAR)],
    fields: &[
        plain("id", "Site et empreinte du code"),
        plain("letter", "Courrier"),
        plain("created", "Fait le"),
        plain("expires", "Expire le"),
        plain("tries", "Essais"),
        plain("state", "État"),
    ],
};

pub(super) const DSN_ALERT: Table = Table {
    name: "dsn_alert",
    title: "Alertes DSN",
    rows: None,
    ends: &[],
    fields: &[
        plain("id", "Site, période et rang"),
        plain("site", "Site"),
        plain("period", "Période"),
        plain("severity", "Gravité"),
        plain("code", "Code"),
        of_fund("message", "Message, qui peut nommer un salarié"),
    ],
};

pub(super) const LINE_COUNT: Table = Table {
    name: "line_count",
    title: "Nombre de lignes des listes",
    rows: None,
    ends: &[],
    fields: &[plain("id", "Partie de la liste"), plain("n", "Nombre de lignes")],
};

pub(super) const LINE_DUE: Table = Table {
    name: "line_due",
    title: "Lignes à refaire",
    rows: None,
    ends: &[],
    fields: &[
        plain("id", "Numéro public de la ligne"),
        plain("site", "Site"),
        plain("target", "Droits ou invitation dont elle est faite"),
        plain("mark", "Marque"),
    ],
};

pub(super) const OPINION: Table = Table {
    name: "opinion",
    title: "Avis sur les réponses, sans nom",
    rows: None,
    ends: &[],
    fields: &[plain("id", "Question"), plain("yes", "Oui"), plain("no", "Non")],
};

pub(super) const MIGRATION: Table = Table {
    name: "migration",
    title: "Schéma de la base",
    rows: None,
    ends: &[],
    fields: &[plain("id", "Script"), plain("checksum", "Somme de contrôle"), plain("applied", "Appliqué le")],
};
