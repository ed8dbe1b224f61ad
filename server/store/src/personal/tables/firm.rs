//! What belongs to people of accounting firms beside their rights.

use super::{QUARTER, TECHNICAL, end, hidden, rows, shown, shown_as};
use crate::personal::Table;

pub(super) const FAVOURITE: Table = Table {
    name: "favourite",
    title: "Clients favoris",
    rows: rows("(SELECT VALUE id FROM favourite:[$account, NONE]..=[$account, ..])", "le compte dans le numéro de la ligne", "created"),
    ends: &[],
    fields: &[
        hidden("id", "Numéro de la ligne", TECHNICAL),
        hidden("account", "Compte", TECHNICAL),
        shown_as("site", "Site", "string::concat(site.name, ' (SIRET ', site.siret, ')')"),
        shown("created", "Marqué le"),
    ],
};

pub(super) const ACCESS_REQUEST: Table = Table {
    name: "access_request",
    title: "Demandes d’accès",
    rows: rows(
        "(SELECT VALUE id FROM access_request:[$account, NONE]..=[$account, ..])",
        "le compte dans le numéro de la ligne",
        "created",
    ),
    ends: &[end("toutes", "", "expires", "l’expiration", QUARTER)],
    fields: &[
        hidden("id", "Numéro de la ligne", TECHNICAL),
        hidden("key", "Numéro public de la demande", TECHNICAL),
        hidden("account", "Compte", TECHNICAL),
        shown("siret", "SIRET du site demandé"),
        shown("firm", "SIRET du cabinet"),
        shown("rights", "Collèges et fonctions demandés"),
        shown("message", "Message à l’employeur"),
        shown("state", "État"),
        shown("created", "Demandé le"),
        shown("expires", "Expire le"),
        shown("decided", "Décidé le"),
    ],
};
