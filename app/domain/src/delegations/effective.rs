//! What a person holds on a site on a day: the union over everything that is in force.

use super::{Colleges, Delegation, Function, Mode};
use crate::id::SiteId;
use jiff::civil::Date;

/// For each function and mode, the colleges it reaches. Two delegations never add up to more than each gives by itself:
/// DSN for one college and documents for another stay just that.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Effective {
    reads: [Colleges; Function::COUNT],
    updates: [Colleges; Function::COUNT],
}

impl Effective {
    /// What these delegations give together on one site on a day (Europe/Paris). Others may be among them.
    #[must_use]
    pub fn of<'a>(delegations: impl IntoIterator<Item = &'a Delegation>, site: &SiteId, today: Date) -> Self {
        let mut all = Self::default();
        for rights in delegations.into_iter().filter(|one| one.site == *site).filter_map(|one| one.effective(today)) {
            for function in Function::ALL {
                all.add(function, rights.mode(function), rights.colleges);
            }
        }
        all
    }

    const fn add(&mut self, function: Function, mode: Option<Mode>, colleges: Colleges) {
        let place = function.place();
        match mode {
            None => {}
            Some(Mode::Consultation) => self.reads[place] = self.reads[place].union(colleges),
            Some(Mode::Update) => {
                self.reads[place] = self.reads[place].union(colleges);
                self.updates[place] = self.updates[place].union(colleges);
            }
        }
    }

    /// The colleges whose data a function reaches in a mode; none of them when the person lacks it.
    #[must_use]
    pub const fn colleges(&self, function: Function, mode: Mode) -> Colleges {
        match mode {
            Mode::Consultation => self.reads[function.place()],
            Mode::Update => self.updates[function.place()],
        }
    }
}
