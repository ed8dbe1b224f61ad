//! The end of rights: when it is reminded of, when it is told, and what the same length again would be. Days are civil, Europe/Paris.

use jiff::civil::Date;
use jiff::{ToSpan, Unit};

/// Days ahead of the last day on which its end is reminded of.
pub const REMINDERS: [i64; 3] = [30, 7, 1];

/// Kept in place of a number of days once the end itself was told.
pub const TOLD: i64 = 0;

/// What is to be said about the end of a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// It ends within this many days.
    Soon(i64),
    /// It is over.
    Over,
}

/// The last reminder whose day has come on `day`; none before the first of them, and without end.
#[must_use]
pub fn passed(ends: Option<Date>, day: Date) -> Option<i64> {
    let ends = ends?;
    REMINDERS.into_iter().rev().find(|ahead| ends.checked_sub(ahead.days()).is_ok_and(|from| from <= day))
}

/// What is due on a day for a right with a last day. `given` is the day it was given: what would have been said before is not said
/// the same day; `reminded` is what was said last.
#[must_use]
pub fn due(ends: Date, given: Date, reminded: Option<i64>, today: Date) -> Option<Due> {
    if ends < today {
        return (reminded != Some(TOLD)).then_some(Due::Over);
    }
    let ahead = passed(Some(ends), today)?;
    let said = [reminded, passed(Some(ends), given)].into_iter().flatten().min();
    said.is_none_or(|said| ahead < said).then_some(Due::Soon(ahead))
}

/// The last day of the same length again: a year follows a year, a month a month, whatever their days. None past the year 2199.
#[must_use]
pub fn again(starts: Date, ends: Date) -> Option<Date> {
    let next = ends.tomorrow().ok()?;
    let length = starts.until((Unit::Year, next)).ok()?;
    let last = next.checked_add(length).ok()?.yesterday().ok()?;
    (last > ends && last.year() < 2200).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const LONG_AGO: Date = date(2025, 1, 1);

    #[test]
    fn three_reminders_each_on_its_day_and_the_end_on_the_day_after() {
        let ends = date(2026, 12, 31);
        let mut reminded = None;
        let mut said = Vec::new();
        let mut day = date(2026, 11, 20);
        while day < date(2027, 1, 10) {
            let found = due(ends, LONG_AGO, reminded, day);
            if let Some(found) = found {
                reminded = Some(match found {
                    Due::Soon(ahead) => ahead,
                    Due::Over => TOLD,
                });
                said.push((day, found));
            }
            day = day.tomorrow().unwrap();
        }
        let wanted = [
            (date(2026, 12, 1), Due::Soon(30)),
            (date(2026, 12, 24), Due::Soon(7)),
            (date(2026, 12, 30), Due::Soon(1)),
            (date(2027, 1, 1), Due::Over),
        ];
        assert_eq!(said, wanted);
    }

    #[test]
    fn a_job_that_slept_says_the_latest_only_and_a_short_right_is_not_reminded_of_on_the_day_it_is_given() {
        let ends = date(2026, 12, 31);
        assert_eq!(due(ends, LONG_AGO, None, date(2026, 12, 26)), Some(Due::Soon(7)));
        assert_eq!(due(ends, LONG_AGO, Some(7), date(2027, 3, 1)), Some(Due::Over));
        assert_eq!(due(ends, LONG_AGO, Some(TOLD), date(2027, 3, 1)), None);
        assert_eq!(due(ends, date(2026, 12, 28), None, date(2026, 12, 28)), None);
        assert_eq!(due(ends, date(2026, 12, 28), None, date(2026, 12, 30)), Some(Due::Soon(1)));
        assert_eq!(due(ends, date(2026, 12, 30), None, date(2026, 12, 31)), None);
    }

    #[test]
    fn g21_the_29th_of_february_is_a_day_like_another() {
        let leap = date(2028, 2, 29);
        assert_eq!(due(leap, LONG_AGO, Some(7), date(2028, 2, 28)), Some(Due::Soon(1)));
        assert_eq!(due(leap, LONG_AGO, Some(1), leap), None);
        assert_eq!(due(leap, LONG_AGO, Some(1), date(2028, 3, 1)), Some(Due::Over));
        assert_eq!(passed(Some(date(2028, 3, 7)), leap), Some(7));
        assert_eq!(passed(Some(date(2027, 3, 7)), date(2027, 2, 28)), Some(7));
    }

    #[test]
    fn nothing_is_prolonged_past_the_year_2199() {
        assert_eq!(again(date(2199, 1, 1), date(2199, 6, 30)), Some(date(2199, 12, 31)));
        assert_eq!(again(date(2199, 2, 1), date(2199, 12, 31)), None);
    }

    #[test]
    fn the_same_length_again_follows_the_calendar() {
        assert_eq!(again(date(2026, 1, 1), date(2026, 12, 31)), Some(date(2027, 12, 31)));
        assert_eq!(again(date(2027, 1, 1), date(2027, 12, 31)), Some(date(2028, 12, 31)));
        assert_eq!(again(date(2028, 2, 1), date(2028, 2, 29)), Some(date(2028, 3, 31)));
        assert_eq!(again(date(2028, 2, 29), date(2028, 2, 29)), Some(date(2028, 3, 1)));
        assert_eq!(again(date(2026, 3, 15), date(2026, 9, 14)), Some(date(2027, 3, 14)));
        assert_eq!(again(date(2000, 1, 1), date(2150, 12, 31)), None);
    }
}
