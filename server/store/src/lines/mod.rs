//! The list of beneficiaries as it is shown (S108, S115–S124): a row a line, in parts that filters choose from, in the order of names.
//! Rows are made from rights, names and accounts: see [`settle`] for how they follow them, [`read`] for how a page is read.

#[cfg(any(test, feature = "testing"))]
mod load;
mod read;
mod settle;

pub use read::Days;

use crate::delegations::Beneficiary;
use crate::row::{id, own};
use crate::tx::Error;
use domain::delegations::policy::{Give, Granted};
use domain::delegations::sort_key::sort_key;
use domain::delegations::{Delegation, Role, State, Status};
use domain::id::{AccountId, DelegationId, SiteId};
use domain::identity::email::Email;
use domain::identity::person::PersonName;
use jiff::civil::Date;
use surrealdb::types::{RecordId, SurrealValue};

/// What is filtered by: whose list, role, status. A part is read from any of its lines on, in either direction.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Part {
    /// The delegation of the firm whose list it is; none for the company's.
    pub scope: Option<DelegationId>,
    /// Role of its lines.
    pub role: Role,
    /// Status of its lines.
    pub status: Status,
}

impl Part {
    fn name(&self, site: &SiteId) -> String {
        let scope = self.scope.as_ref().map_or("", DelegationId::as_str);
        format!("{site}/{scope}/{}/{}", self.role.code(), self.status.code())
    }

    /// Every part of the lists a person may see, as the policy grants them: the company's for an administrator, and what each firm of
    /// theirs has handed on for anybody else.
    #[must_use]
    pub fn seen(granted: &Granted<Give>) -> Vec<Self> {
        let scopes: Vec<Option<DelegationId>> = if granted.role().is_administrator() {
            vec![None]
        } else {
            granted.through().iter().filter(|own| own.role.is_firm()).map(|own| Some(own.id.clone())).collect()
        };
        let of = |scope: &Option<DelegationId>, role| Status::ALL.map(|status| Self { scope: scope.clone(), role, status });
        scopes.iter().flat_map(|scope| Role::ALL.into_iter().flat_map(move |role| of(scope, role))).collect()
    }
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedLine {
    /// Key of the delegation, or of the one an invitation is for.
    pub key: DelegationId,
    /// Whose list it is in, role and status.
    pub part: Part,
    /// The person's account; none while an invitation waits.
    pub account: Option<AccountId>,
    /// Their address; empty once they were erased.
    pub email: String,
    /// Their name; empty while an invitation waits.
    pub name: PersonName,
    /// Where the right stands, whatever its dates say.
    pub state: State,
    /// First day, Europe/Paris.
    pub starts: Date,
    /// Last day, included.
    pub ends: Option<Date>,
    /// Where it stands in the order of names; no two lines of a site stand at the same place.
    pub place: String,
}

/// Neither in a name nor in an address, and lower than anything in them.
const GAP: char = '\t';
/// After names and addresses: whoever was erased.
const NOBODY: &str = "2";
/// The day that never comes.
const NEVER: &str = "9999-12-31";

/// A place in the order turned round: what comes later compares lower, byte by byte; what only begins alike comes after.
fn turned(place: &str) -> String {
    use std::fmt::Write;
    let mut back = place.bytes().fold(String::with_capacity(place.len() * 2 + 1), |mut back, byte| {
        let _ = write!(back, "{:02x}", !byte);
        back
    });
    back.push('~');
    back
}

/// A row of `line`.
#[derive(Debug, SurrealValue)]
struct Row {
    id: RecordId,
    site: RecordId,
    part: String,
    place: String,
    back: String,
    target: RecordId,
    account: Option<RecordId>,
    email: String,
    first: String,
    last: String,
    scope: String,
    role: String,
    status: String,
    state: String,
    starts: String,
    ends: Option<String>,
    turns: String,
}

impl Row {
    /// The line somebody has on a day (Europe/Paris).
    fn of(found: &Beneficiary, target: RecordId, today: Date) -> Self {
        let one: &Delegation = &found.delegation;
        let part =
            Part { scope: one.above.as_ref().map(|firm| firm.id.clone()), role: one.role, status: one.status(found.has_activated, today) };
        let sort = Email::parse(&found.email).map_or_else(|_| NOBODY.to_owned(), |email| sort_key(&found.name, &email));
        let place = format!("{sort}{GAP}{}", one.id);
        Self {
            id: id("line", one.id.as_str()),
            site: id("site", one.site.as_str()),
            part: part.name(&one.site),
            back: turned(&place),
            place,
            target,
            account: found.account.as_ref().map(|account| id("account", account.as_str())),
            email: found.email.clone(),
            first: found.name.first.clone(),
            last: found.name.last.clone(),
            scope: part.scope.map(|firm| firm.to_string()).unwrap_or_default(),
            role: part.role.code().to_owned(),
            status: part.status.code().to_owned(),
            state: one.state.code().to_owned(),
            starts: one.starts.to_string(),
            ends: one.ends.map(|end| end.to_string()),
            turns: one.turns(found.has_activated, today).map_or_else(|| NEVER.to_owned(), |day| day.to_string()),
        }
    }

    fn read(self) -> Result<ListedLine, Error> {
        let wrong = |what: &str| Error::Row(format!("line with a wrong {what}"));
        let day = |text: &str| text.parse::<Date>().map_err(|_| wrong("day"));
        Ok(ListedLine {
            key: own(&self.id)?,
            part: Part {
                scope: if self.scope.is_empty() { None } else { Some(self.scope.parse().map_err(|_| wrong("scope"))?) },
                role: self.role.parse().map_err(|_| wrong("role"))?,
                status: self.status.parse().map_err(|_| wrong("status"))?,
            },
            account: self.account.as_ref().map(own).transpose()?,
            email: self.email,
            name: PersonName { first: self.first, last: self.last },
            state: self.state.parse().map_err(|_| wrong("state"))?,
            starts: day(&self.starts)?,
            ends: self.ends.as_deref().map(day).transpose()?,
            place: self.place,
        })
    }
}

/// The statement that marks one line, to be written in the transaction that changes what the line is made from. The arguments are
/// expressions of that script.
pub(crate) fn due(key: &str, site: &str, target: &str) -> String {
    format!("UPSERT type::record('line_due', {key}) SET site = {site}, target = {target}, mark = rand::ulid();\n")
}

/// The statement that marks every row of `delegation` or `invitation` among `rows`, an expression that gives them.
pub(crate) fn all_due(rows: &str) -> String {
    format!("FOR $one IN ({rows}) {{ IF $one.key != NONE {{ {} }} }};\n", due("$one.key", "$one.site", "$one.id"))
}

/// Everything `$account` holds: after its name, its address or its state.
pub(crate) fn account_due() -> String {
    all_due("SELECT id, site, key FROM delegation:[$account, NONE]..=[$account, ..]")
}

/// Before an erasure: what the person holds and what hangs on it is due, and their lines, which are about to be deleted, count no more.
pub(crate) fn erasure_due() -> String {
    [
        account_due(),
        // Whoever is settling one of these loses the mark, and finds neither invitation nor line any more.
        "FOR $key IN (SELECT VALUE key FROM invitation WHERE email IN $own) { DELETE type::record('line_due', $key) };\n".to_owned(),
        "FOR $firm IN (SELECT VALUE id FROM delegation:[$account, NONE]..=[$account, ..] WHERE role = 'cabinet') {\n".to_owned(),
        all_due("SELECT id, site, key FROM delegation WHERE above = $firm"),
        all_due("SELECT id, site, key FROM invitation WHERE above = $firm"),
        "};\n".to_owned(),
        format!("FOR $part IN (SELECT VALUE part FROM {OF_PERSON}) {{ UPDATE type::record('line_count', $part) SET n -= 1 }};\n"),
    ]
    .concat()
}

/// The lines of a person: their account's, and those of invitations to an address of theirs.
pub(crate) const OF_PERSON: &str = "array::concat((SELECT VALUE id FROM line WHERE account = $account),
    (SELECT VALUE id FROM line WHERE email IN $own AND account = NONE))";

#[cfg(test)]
mod tests {
    use super::turned;

    #[test]
    fn d19_the_order_turned_round_is_the_order_backwards() {
        let places = ["", "0a", "0a b", "0a\t1", "0ab", "0cote 2", "0ж", "0œuf", "1a@b", "2"];
        for a in places {
            for b in places {
                assert_eq!(a.cmp(b), turned(b).cmp(&turned(a)), "{a:?} {b:?}");
            }
        }
    }
}
