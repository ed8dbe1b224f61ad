//! What the portal knows about people: one registry of every field, from which the export, the erasure, the end of every row and
//! the printed register are made. A field of the schema that is missing here fails a test.

mod erase;
mod export;
mod print;
mod purge;
mod tables;

pub use erase::{Erasing, ErasureReason, SiteLeft};
pub use export::{Cell, Datum, Line, Section};
pub use print::register;
pub use purge::Purged;
pub use tables::TABLES;

use jiff::SignedDuration;

/// A table of the database.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name in the schema.
    pub name: &'static str,
    /// What it holds, in French, as the heading of an export.
    pub title: &'static str,
    /// The rows of one person, when rows belong to people.
    pub rows: Option<Rows>,
    /// When its rows end.
    pub ends: &'static [End],
    /// Every field, the record id first.
    pub fields: &'static [Field],
}

/// How rows are found that belong to a person.
#[derive(Debug, PartialEq, Eq)]
pub struct Rows {
    /// The expression that gives their ids. It sees `$account`, `$owner` (the account's id as text) and `$own` (addresses and
    /// numbers of the person).
    pub(crate) ids: &'static str,
    /// The same in French.
    pub by: &'static str,
    /// How they are sorted in an export.
    pub(crate) order: &'static str,
}

/// One reason for which rows of a table end.
#[derive(Debug, PartialEq, Eq)]
pub struct End {
    /// Which rows, in French.
    pub which: &'static str,
    /// The condition they fulfil; empty for all of them.
    pub(crate) when: &'static str,
    /// The field their age is counted from.
    pub(crate) since: &'static str,
    /// The same in French.
    pub from: &'static str,
    /// How old they grow.
    pub age: SignedDuration,
    /// What happens then.
    pub(crate) fate: Fate,
}

/// What happens to rows whose time is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// They are deleted.
    Deleted,
    /// Whoever they are about is erased, with everything that is theirs.
    PersonErased,
}

/// A field of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in the schema.
    pub name: &'static str,
    /// What it holds, in French, as the label of an export.
    pub what: &'static str,
    /// Whether it says something about a person, and what follows from that.
    pub nature: Nature,
}

/// Whether a field says something about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Nothing about anybody.
    Impersonal,
    /// Something about people who need no account: of the fund's own records, with the reason why it stays.
    Record(&'static str),
    /// Something about the person the row belongs to.
    Personal {
        /// Whether the person gets it.
        export: Export,
        /// What erasure does with it.
        erasure: Erasure,
    },
}

/// Whether a person gets a field of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// Yes: the expression that shows it.
    Shown(&'static str),
    /// No, with the reason in French.
    Withheld(&'static str),
}

/// What erasure does with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erasure {
    /// It goes with its row.
    WithRow,
    /// The row stays, the value is replaced: the expression, and what that means in French.
    Replaced(&'static str, &'static str),
    /// It stays, with the reason in French.
    Kept(&'static str),
}

/// What was sent to an address that a person is about to leave stays theirs: part of every script that changes one.
pub(crate) const LEFT_ADDRESS: &str = "LET $left = (SELECT email, pending_email FROM ONLY $account);
    UPDATE outbox SET account = $account WHERE recipient IN [$left.email, $left.pending_email] AND account = NONE;
";
/// Likewise for a mobile, when `$mobile` takes the place of the one in `$a`.
pub(crate) const LEFT_NUMBER: &str = "IF $a.mobile != NONE AND $a.mobile != $mobile {
      UPDATE outbox SET account = $account WHERE recipient = $a.mobile AND account = NONE
    };
";

impl Table {
    /// Whether erasure takes whole rows away.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        self.fields.iter().any(|field| matches!(field.nature, Nature::Personal { erasure: Erasure::WithRow, .. }))
    }
}

#[cfg(test)]
mod tests;
