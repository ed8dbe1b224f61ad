//! What the journal of a site is asked for: kind of event, person, days, place, as they stand in its address.

use crate::delegations::beneficiary::parse_date;
use crate::text::encoded;
use jiff::civil::Date;

/// A kind of event one can look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// Invitations sent, sent again, accepted, taken back.
    Invitations,
    /// Rights changed.
    Changes,
    /// Rights that ended, by whom or by their date.
    Ends,
    /// What was looked at or taken away.
    Reads,
    /// Accounts that came with the fund's letters, and those letters.
    Letters,
    /// Messages to the fund, and what it did with them.
    Exchanges,
}

impl Family {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 6] = [Self::Invitations, Self::Changes, Self::Ends, Self::Reads, Self::Letters, Self::Exchanges];

    /// Its name in addresses; never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invitations => "invitations",
            Self::Changes => "modifications",
            Self::Ends => "fins",
            Self::Reads => "consultations",
            Self::Letters => "courriers",
            Self::Exchanges => "echanges",
        }
    }

    /// The events it is made of, as the journal writes them.
    #[must_use]
    pub const fn events(self) -> &'static [&'static str] {
        match self {
            Self::Invitations => &["delegation.invited", "delegation.invited_again", "delegation.accepted", "delegation.withdrawn"],
            Self::Changes => &["delegation.modified"],
            Self::Ends => {
                &["delegation.closed", "delegation.deleted", "delegation.closed_with_firm", "delegation.erased", "delegation.expired"]
            }
            Self::Reads => &["delegation.viewed", "delegation.exported", "journal.exported", "dsn.viewed"],
            Self::Letters => &[
                "account.opened",
                "site.associated",
                "letter.asked",
                "letter.asked_in_vain",
                "letter.made",
                "letter.posted",
                "letter.refused",
                "letter.resumed",
                "letter.suspended",
                "letter.voided",
                "letter.wanted",
            ],
            Self::Exchanges => &["exchange.sent", "exchange.read", "exchange.exported", "exchange.answered"],
        }
    }
}

/// A line of the journal that others follow: its moment in milliseconds and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Unix milliseconds.
    pub at: i64,
    /// Id of the line.
    pub id: String,
}

impl Mark {
    /// `1795514400000-01JD3V9X7ZK4M2N8P6Q5R4S3T2`.
    #[must_use]
    pub fn code(&self) -> String {
        format!("{}-{}", self.at, self.id)
    }

    fn parse(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('-')?;
        let is_plain = (1..=80).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        Some(Self { at: at.parse().ok().filter(|at| (0..1 << 53).contains(at))?, id: is_plain.then(|| id.to_owned())? })
    }
}

/// What the journal is asked for. Parsing never fails: what cannot be read is as if it had not been there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JournalQuery {
    /// One kind of event; none for all.
    pub family: Option<Family>,
    /// Part of a name or address; empty for everybody.
    pub person: String,
    /// From this day on.
    pub from: Option<Date>,
    /// Up to this day, included.
    pub until: Option<Date>,
    /// What follows this line; none for the newest.
    pub after: Option<Mark>,
}

/// Longest part of a name that is looked for, in characters.
const PERSON: usize = 100;

impl JournalQuery {
    /// Reads the pairs of an address.
    #[must_use]
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut query = Self::default();
        for (name, value) in pairs {
            match name {
                "quoi" => query.family = Family::ALL.into_iter().find(|family| family.code() == value),
                "personne" => query.person = value.trim().chars().take(PERSON).collect(),
                "du" => query.from = parse_date(value).ok(),
                "au" => query.until = parse_date(value).ok(),
                "apres" => query.after = Mark::parse(value),
                _ => {}
            }
        }
        query
    }

    /// The pairs that say the same; those that say nothing are left out.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        [
            ("quoi", self.family.map(|family| family.code().to_owned()).unwrap_or_default()),
            ("personne", self.person.clone()),
            ("du", day(self.from)),
            ("au", day(self.until)),
            ("apres", self.after.as_ref().map(Mark::code).unwrap_or_default()),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
    }

    /// Whether anything narrows it.
    #[must_use]
    pub const fn is_filtered(&self) -> bool {
        self.family.is_some() || !self.person.is_empty() || self.from.is_some() || self.until.is_some()
    }

    /// Its address after the page's: empty, or `?` with the pairs, whatever was typed.
    #[must_use]
    pub fn suffix(&self) -> String {
        let pairs: Vec<String> = self.pairs().iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn each_filter_narrows_and_a_place_in_the_list_does_not() {
        let narrowed = |text: (&str, &str)| JournalQuery::parse([text]).is_filtered();
        for pair in [("quoi", Family::Ends.code()), ("personne", "a"), ("du", "2026-01-01"), ("au", "2026-01-01")] {
            assert!(narrowed(pair), "{pair:?}");
        }
        assert!(!narrowed(("apres", "1795514400000-01JD3V9X7ZK4M2N8P6Q5R4S3T2")) && !JournalQuery::default().is_filtered());
    }

    #[test]
    fn an_address_says_what_was_asked_and_nonsense_says_nothing() {
        let query = JournalQuery {
            family: Some(Family::Ends),
            person: "Élodie & co".into(),
            from: Some(date(2026, 1, 1)),
            until: Some(date(2026, 2, 1)),
            after: Some(Mark { at: 1_795_514_400_000, id: "01JD3V9X7ZK4M2N8P6Q5R4S3T2-a".into() }),
        };
        let pairs = query.pairs();
        assert_eq!(JournalQuery::parse(pairs.iter().map(|(name, value)| (*name, value.as_str()))), query);
        assert!(query.suffix().contains("personne=%C3%89lodie%20%26%20co"), "{}", query.suffix());
        let nonsense = [("quoi", "x"), ("du", "hier"), ("apres", "1"), ("apres", "x-y"), ("apres", "1-é"), ("zzz", "1")];
        assert_eq!(JournalQuery::parse(nonsense), JournalQuery::default());
        assert_eq!(JournalQuery::default().suffix(), "");
    }

    #[test]
    fn no_event_is_of_two_kinds() {
        let mut all: Vec<&str> = Family::ALL.into_iter().flat_map(Family::events).copied().collect();
        let number = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), number);
    }
}
