//! What was read and may be shown again while nothing it was made of is written. Only where this process is the database's one writer:
//! beside other instances nothing is kept, and everything is read at every request.

use crate::connect::Store;
use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};

/// Most rows that are kept of one kind, of all people together: some 25 MB of rights.
const MOST: usize = 50_000;
/// Fewer rows than this are read as fast as they are found.
pub(crate) const FEWEST: usize = 50;

/// How often something was written that what is kept may be made of. Taken before reading, so that a write in between makes the reading old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp(u64);

impl Store {
    /// Where the writes stand; none when others write to the database too.
    #[must_use]
    pub fn stamp(&self) -> Option<Stamp> {
        self.is_embedded().then(|| Stamp(self.written.load(Ordering::SeqCst)))
    }

    /// Makes everything old that is kept.
    pub(crate) fn note_written(&self) {
        self.written.fetch_add(1, Ordering::SeqCst);
    }
}

/// Somebody's rows, and the state they were read at.
type Entry<S, T> = (S, Arc<Vec<T>>);

/// Long lists of people, each good for one state `S` of what it was made of.
#[derive(Debug)]
pub struct Kept<K, S, T>(Mutex<HashMap<K, Entry<S, T>>>);

impl<K, S, T> Default for Kept<K, S, T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, S: PartialEq, T> Kept<K, S, T> {
    /// Somebody's rows, if they are kept and still good.
    pub fn find<Q: Eq + Hash + ?Sized>(&self, key: &Q, state: &S) -> Option<Arc<Vec<T>>>
    where
        K: Borrow<Q>,
    {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(key).filter(|(at, _)| at == state).map(|(_, rows)| Arc::clone(rows))
    }

    /// Keeps somebody's rows, when there are many; makes room by forgetting everybody else's.
    pub fn keep(&self, key: K, state: S, rows: Vec<T>) -> Arc<Vec<T>> {
        let rows = Arc::new(rows);
        if (FEWEST..=MOST).contains(&rows.len()) {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.retain(|_, (at, _)| *at == state);
            if kept.values().map(|(_, rows)| rows.len()).sum::<usize>() + rows.len() > MOST {
                kept.clear();
            }
            kept.insert(key, (state, Arc::clone(&rows)));
        }
        rows
    }
}

/// Verbs of a script that change rows.
const VERBS: [&str; 6] = ["CREATE", "UPDATE", "UPSERT", "DELETE", "INSERT", "RELATE"];
/// What a script may change without making anything old: sessions, counters, messages, links, lines of journals, dates of an account, what
/// the portal's help remembers, what is written to the fund.
const APART: [&str; 20] = [
    "$sid",
    "$replaces",
    "session",
    "$audit",
    "$counter",
    "$message",
    "$others",
    "outbox",
    "$due",
    "$account",
    "token",
    "$guidance",
    "$habit",
    "$opinion",
    "$draft",
    "$file",
    "contact_file",
    "$found",
    "$exchange",
    "$answer",
];

/// Whether a script changes nothing that anything kept is made of.
pub(crate) fn is_apart(script: &str) -> bool {
    let words: Vec<&str> = script.split_whitespace().map(|word| word.trim_matches(['(', ')', '{', '}', ';', ','])).collect();
    words
        .windows(2)
        // Several of a kind in one script are numbered.
        .map(|pair| (pair[0], pair[1].trim_end_matches(|c: char| c.is_ascii_digit())))
        .all(|(verb, what)| !VERBS.contains(&verb) || APART.contains(&what) || what.ends_with("_link") || what.ends_with("_mail"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_good_for_one_state_and_room_is_made() {
        let kept: Kept<u8, u8, usize> = Kept::default();
        kept.keep(1, 1, (0..FEWEST).collect());
        assert_eq!(kept.find(&1, &1).map(|rows| rows.len()), Some(FEWEST));
        assert!(kept.find(&1, &2).is_none() && kept.find(&2, &1).is_none());
        kept.keep(2, 1, (1..FEWEST).collect());
        assert!(kept.find(&2, &1).is_none(), "short lists are not worth it");
        kept.keep(3, 2, (0..FEWEST).collect());
        assert!(kept.find(&1, &1).is_none(), "what is old goes");
        kept.keep(4, 2, (0..MOST).collect());
        assert!(kept.find(&3, &2).is_none() && kept.find(&4, &2).is_some(), "the bound holds for all together");
    }

    #[test]
    fn a_script_that_changes_rights_is_never_apart() {
        for script in [
            "UPDATE $delegation SET state = 'closed';",
            "IF true { CREATE guard:x SET rev = 1 };",
            "DELETE $favourite;",
            "LET $a = (UPDATE site SET name = 'x');",
        ] {
            assert!(!is_apart(script), "{script}");
        }
        assert!(is_apart("LET $due = (SELECT VALUE id FROM delegation); UPDATE $due SET lease = 1; CREATE $audit SET at = $now;"));
    }
}
