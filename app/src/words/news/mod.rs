//! Nouveautés (S94): what has changed on the portal.

mod all;

pub use all::ALL;

/// A piece of news.
#[derive(Debug, Clone, Copy)]
pub struct News {
    /// What is noted as read.
    pub id: &'static str,
    /// The day, `2026-11-24`.
    pub date: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// Its paragraphs.
    pub text: &'static [&'static str],
    /// Whether everybody is told once on their home.
    pub is_important: bool,
}

/// What came after the newest that somebody has read; everything for somebody who has read nothing.
#[must_use]
pub fn unread(read: Option<&str>) -> &'static [News] {
    let place = read.and_then(|read| ALL.iter().position(|news| news.id == read));
    &ALL[..place.unwrap_or(ALL.len())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::Date;
    use std::collections::HashSet;

    #[test]
    fn s94_news_is_dated_newest_first_and_what_was_read_is_known() {
        let dates: Vec<Date> = ALL.iter().map(|news| news.date.parse().unwrap()).collect();
        assert!(dates.is_sorted_by(|newer, older| newer >= older));
        assert_eq!(ALL.iter().map(|news| news.id).collect::<HashSet<_>>().len(), ALL.len());
        assert_eq!(unread(None).len(), ALL.len());
        assert!(unread(Some(ALL[0].id)).is_empty());
        assert_eq!(unread(Some(ALL[2].id)).len(), 2);
        assert_eq!(unread(Some("inconnue")).len(), ALL.len(), "an item that is gone");
    }
}
