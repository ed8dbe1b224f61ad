//! Asking employers for access, as typed: whose firm, which sites, what for, with which rights.

use crate::delegations::beneficiary::RightsDraft;
use crate::delegations::{Rights, Role};
use crate::form::{Collector, FieldErrors, Reason};
use crate::sites::siret::Siret;
use serde::{Deserialize, Serialize};

/// Most sites that are asked for at once.
pub const MOST: usize = 50;
/// Most characters of a message.
pub const MESSAGE: usize = 500;
/// Most characters of the list of sites that are kept to be shown again; a cookie has no more room beside the rest of the form.
const KEPT: usize = 1_200;

/// The form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccessDraft {
    /// SIRET of the firm that asks.
    pub siret: String,
    /// SIRETs of the sites, or the text of a file that holds them.
    pub sirets: String,
    /// A few words to the employer; may stay empty.
    pub message: String,
    /// The rights asked for.
    pub grid: RightsDraft,
}

/// The form with every value in its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessWanted {
    /// The firm.
    pub firm: Siret,
    /// The sites, each once, in the order they were typed.
    pub sites: Vec<Siret>,
    /// The words; empty for none.
    pub message: String,
    /// The rights.
    pub rights: Rights,
}

impl AccessDraft {
    /// Parses the form.
    ///
    /// # Errors
    /// The reasons by field: `siret`, `sirets` (`Missing`, `SiretKey` when a number is none, `TooLong` for more than [`MOST`]), `message`
    /// (`TooLong`), and those of the grid.
    pub fn parse(&self) -> Result<AccessWanted, FieldErrors> {
        let mut form = Collector::new();
        let siret = form.field("siret", &self.siret, Siret::parse);
        let sites = form.field("sirets", &self.sirets, sites);
        let message = form.field("message", &self.message, message);
        let rights = match self.grid.parse(Role::Cabinet) {
            Ok(wanted) => Some(wanted.rights),
            Err(errors) => {
                for (name, reason) in errors.errors {
                    form.refuse(&name, reason);
                }
                None
            }
        };
        let value = (|| Some(AccessWanted { firm: siret?, sites: sites?, message: message?, rights: rights? }))();
        form.finish(value).map_err(|errors| FieldErrors { typed: self.kept().typed, ..errors })
    }

    /// What was typed, to be shown again by [`AccessDraft::restore`].
    #[must_use]
    pub fn kept(&self) -> FieldErrors {
        let mut kept = self.grid.kept();
        let sirets = compact(&self.sirets);
        let texts = [("siret", &self.siret, 40), ("sirets", &sirets, KEPT), ("message", &self.message, MESSAGE)];
        kept.typed.extend(texts.map(|(name, text, most)| (name.to_owned(), text.chars().take(most).collect())));
        kept
    }

    /// The form as it was typed.
    #[must_use]
    pub fn restore(kept: &FieldErrors) -> Self {
        Self {
            siret: kept.typed("siret").to_owned(),
            sirets: kept.typed("sirets").to_owned(),
            message: kept.typed("message").to_owned(),
            grid: RightsDraft::restore(kept),
        }
    }
}

fn sites(typed: &str) -> Result<Vec<Siret>, Reason> {
    let (found, wrong) = read_sirets(typed);
    if !wrong.is_empty() {
        Err(Reason::SiretKey)
    } else if found.is_empty() {
        Err(Reason::Missing)
    } else if found.len() > MOST {
        Err(Reason::TooLong)
    } else {
        Ok(found)
    }
}

/// The list as short as it can be shown again: as typed, or the lines that have to be corrected and the numbers, when a whole file was
/// sent.
#[must_use]
pub fn compact(typed: &str) -> String {
    if typed.chars().count() <= KEPT {
        return typed.to_owned();
    }
    let (found, mut lines) = read_sirets(typed);
    lines.extend(found.iter().map(ToString::to_string));
    lines.join("\n")
}

fn message(typed: &str) -> Result<String, Reason> {
    let text: String = typed.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || *c == '\n').collect();
    let text = text.trim();
    if text.chars().count() > MESSAGE { Err(Reason::TooLong) } else { Ok(text.to_owned()) }
}

/// The SIRETs of a text, each once, and what looks like one and is none. One line a site, or several numbers a line; of a line of a file
/// with other columns the SIRET is taken; a line without digits is a heading.
#[must_use]
pub fn read_sirets(text: &str) -> (Vec<Siret>, Vec<String>) {
    let (mut found, mut wrong): (Vec<Siret>, Vec<String>) = (Vec::new(), Vec::new());
    for line in text.trim_start_matches('\u{feff}').lines() {
        let cells: Vec<Option<Vec<Siret>>> =
            line.split([';', ',', '\t']).map(|cell| cell.trim().trim_matches('"').trim()).map(numbers).collect();
        let is_wrong = cells.iter().any(Option::is_none) || (cells.iter().flatten().all(Vec::is_empty) && has_digit(line));
        if is_wrong {
            wrong.push(line.trim().chars().take(40).collect());
        }
        for siret in cells.into_iter().flatten().flatten() {
            if !found.contains(&siret) {
                found.push(siret);
            }
        }
    }
    (found, wrong)
}

fn has_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

/// The SIRETs of one cell: nothing but digits, however they are grouped, fourteen for each; empty for a cell of something else, none for
/// digits in the form of SIRETs whose key is wrong.
fn numbers(cell: &str) -> Option<Vec<Siret>> {
    let digits: String = cell.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect();
    if digits.is_empty() || !digits.len().is_multiple_of(14) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Vec::new());
    }
    (0..digits.len() / 14).map(|n| Siret::parse(&digits[n * 14..(n + 1) * 14]).ok()).collect()
}
