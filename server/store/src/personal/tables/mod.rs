//! The registry itself: every table, every field.

mod exchanges;
mod firm;
mod fund;
mod people;

use super::Erasure::WithRow;
use super::Export::{Shown, Withheld};
use super::Nature::{Impersonal, Personal};
use super::{End, Erasure, Export, Fate, Field, Rows, Table};
use jiff::SignedDuration;

const DAY: SignedDuration = SignedDuration::from_hours(24);
const DAY_AND_HOUR: SignedDuration = SignedDuration::from_hours(25);
const MONTH: SignedDuration = SignedDuration::from_hours(24 * 30);
const QUARTER: SignedDuration = SignedDuration::from_hours(24 * 90);
const YEAR: SignedDuration = SignedDuration::from_hours(24 * 365);
/// How long what was written to the fund is kept: actions between it and an employer end after five years (Code civil, 2224).
const YEARS: SignedDuration = SignedDuration::from_hours(24 * 365 * 5);
const NOW: SignedDuration = SignedDuration::ZERO;

/// Every table of the schema: first those whose rows belong to people.
pub const TABLES: &[Table] = &[
    people::ACCOUNT,
    people::DELEGATION,
    people::INVITATION,
    people::LINE,
    firm::FAVOURITE,
    firm::ACCESS_REQUEST,
    people::SESSION,
    people::TOTP,
    people::PASSKEY,
    people::RECOVERY_CODE,
    people::EXTERNAL_LOGIN,
    people::CHALLENGE,
    people::SMS_CODE,
    people::TOKEN,
    people::OUTBOX,
    people::NOTIFICATION,
    people::GUIDANCE,
    people::HABIT,
    exchanges::CONTACT_DRAFT,
    exchanges::CONTACT_FILE,
    exchanges::EXCHANGE,
    exchanges::EXCHANGE_ANSWER,
    people::AUDIT,
    people::EMAIL_CLAIM,
    fund::THROTTLE,
    fund::SITE,
    fund::ADHERENT,
    fund::ADHERENT_CLAIM,
    fund::SIRET_CLAIM,
    fund::IDENTIFIANT_CLAIM,
    fund::GUARD,
    fund::LETTER,
    fund::LETTER_CODE,
    fund::DSN_ALERT,
    fund::LINE_COUNT,
    fund::LINE_DUE,
    fund::OPINION,
    fund::MIGRATION,
];

const SECRET: Export = Withheld("secret ou empreinte d’un secret : il vérifie, et ne dit rien de la personne");
const COPY: Export = Withheld("copie, pour la liste, de ce qui figure sous Compte, Droits sur les sites ou Invitations");
const TECHNICAL: Export = Withheld("valeur technique, qui ne dit rien de la personne");

const fn plain(name: &'static str, what: &'static str) -> Field {
    Field { name, what, nature: Impersonal }
}

/// Shown as it is, goes with its row.
const fn shown(name: &'static str, what: &'static str) -> Field {
    field(name, what, Shown(name), WithRow)
}

/// Shown by an expression, goes with its row.
const fn shown_as(name: &'static str, what: &'static str, expression: &'static str) -> Field {
    field(name, what, Shown(expression), WithRow)
}

/// Not shown, goes with its row.
const fn hidden(name: &'static str, what: &'static str, why: Export) -> Field {
    field(name, what, why, WithRow)
}

const fn field(name: &'static str, what: &'static str, export: Export, erasure: Erasure) -> Field {
    Field { name, what, nature: Personal { export, erasure } }
}

const fn end(which: &'static str, when: &'static str, since: &'static str, from: &'static str, age: SignedDuration) -> End {
    End { which, when, since, from, age, fate: Fate::Deleted }
}

#[expect(clippy::unnecessary_wraps, reason = "as the field of a table wants it")]
const fn rows(ids: &'static str, by: &'static str, order: &'static str) -> Option<Rows> {
    Some(Rows { ids, by, order })
}
