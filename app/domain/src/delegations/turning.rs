//! The days on which a right stands elsewhere without anybody doing anything: what keeps a stored status true.

use super::Delegation;
use jiff::ToSpan;
use jiff::civil::Date;

impl Delegation {
    /// The first day after `today` on which [`Delegation::status`] is another one if nobody changes anything; none for never.
    /// Only first days and the days after last ones can be such days: its own, and its firm's.
    #[must_use]
    pub fn turns(&self, has_activated: bool, today: Date) -> Option<Date> {
        let now = self.status(has_activated, today);
        let firm = self.above.as_deref();
        let begins = [Some(self.starts), firm.map(|firm| firm.starts)];
        let ends = [self.ends, firm.and_then(|firm| firm.ends)].map(|end| end.and_then(|end| end.checked_add(1.day()).ok()));
        let mut days: Vec<Date> = begins.into_iter().chain(ends).flatten().filter(|day| today < *day).collect();
        days.sort_unstable();
        days.into_iter().find(|day| self.status(has_activated, *day) != now)
    }
}
