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

/// The piece that is noted by this name; none when it is gone.
#[must_use]
pub fn find(id: &str) -> Option<&'static News> {
    ALL.iter().find(|news| news.id == id)
}

/// What came after the newest that somebody has read; everything for somebody who has read nothing.
#[must_use]
pub fn unread(read: Option<&str>) -> &'static [News] {
    let place = read.and_then(|read| ALL.iter().position(|news| news.id == read));
    &ALL[..place.unwrap_or(ALL.len())]
}

/// What a home announces: the newest important piece, unless it, or a newer one, was read among the news or put away.
#[must_use]
pub fn announced(read: Option<&str>, put_away: Option<&str>) -> Option<&'static News> {
    let (unread, kept) = (unread(read), unread(put_away));
    // Both begin with the newest of all: what is in the shorter one is in both.
    let both = if unread.len() < kept.len() { unread } else { kept };
    both.iter().find(|news| news.is_important)
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
        assert_eq!(find(ALL[1].id).map(|news| news.title), Some(ALL[1].title));
        assert!(find("inconnue").is_none());
    }

    #[test]
    fn s94_the_newest_important_piece_is_announced_until_it_is_read_or_put_away() {
        let newest = ALL.iter().find(|news| news.is_important).map(|news| news.id);
        let told = |read, put_away| announced(read, put_away).map(|news| news.id);
        assert_eq!(told(None, None), newest);
        assert_eq!(told(Some("ouverture"), Some("ouverture")), newest, "newer than what was read and put away");
        assert_eq!(told(None, newest), None, "put away, and what is older with it");
        assert_eq!(told(newest, None), None, "read on its own page");
        assert_eq!(told(Some(ALL[0].id), Some("ouverture")), None);
        assert_eq!(told(Some("inconnue"), Some("inconnue")), newest, "items that are gone");
    }
}
