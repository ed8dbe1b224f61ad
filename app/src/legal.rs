//! The texts of the footer (S88–S90): Markdown of the portal, or of the fund where it has its own; drawn once, at start.

use crate::routes::Legal;
use domain::fund::Fund;
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd, html};

/// One of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// Its first heading, as plain text.
    pub title: String,
    /// What follows, as markup.
    pub html: String,
}

/// All of them.
#[derive(Debug, Clone, Default)]
pub struct Texts(Vec<Text>);

impl Texts {
    /// Draws them. `own` gives the fund's own Markdown, by the name of the page in its address.
    ///
    /// # Errors
    /// Whatever `own` answers when a text is there and cannot be read.
    pub fn new<E>(fund: &Fund, own: impl Fn(&str) -> Result<Option<String>, E>) -> Result<Self, E> {
        let texts = Legal::ALL.map(|legal| {
            let markdown = own(legal.slug())?.unwrap_or_else(|| standard(legal).to_owned());
            Ok(draw(&filled(&markdown, fund)))
        });
        texts.into_iter().collect::<Result<_, E>>().map(Self)
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, legal: Legal) -> Text {
        let place = Legal::ALL.iter().position(|one| *one == legal);
        place.and_then(|place| self.0.get(place)).cloned().unwrap_or_default()
    }

    /// What the accessibility statement says in its heading: the footer of every page has to say it (RGAA).
    #[must_use]
    pub fn conformity(&self) -> String {
        self.get(Legal::Accessibility).title
    }
}

/// The portal's own text.
const fn standard(legal: Legal) -> &'static str {
    match legal {
        Legal::Notices => include_str!("words/legal/mentions-legales.md"),
        Legal::Privacy => include_str!("words/legal/donnees-personnelles.md"),
        Legal::Terms => include_str!("words/legal/conditions-generales.md"),
        Legal::Accessibility => include_str!("words/legal/accessibilite.md"),
        Legal::Cookies => include_str!("words/legal/cookies.md"),
    }
}

/// What is checked automatically; written by `node end2end/coverage.mjs --write` from the journeys that exist.
const CHECKS: &str = include_str!("words/legal/controles.md");

fn filled(markdown: &str, fund: &Fund) -> String {
    let values = [
        ("{{controles}}", CHECKS.trim().to_owned()),
        ("{{caisse}}", plain(&fund.nom)),
        ("{{adresse}}", plain(&fund.adresse.join(", "))),
        ("{{telephone}}", plain(&fund.telephone.replace(' ', "\u{a0}"))),
        ("{{courriel}}", plain(&fund.courriel)),
        ("{{horaires}}", plain(&fund.horaires)),
    ];
    values.into_iter().fold(markdown.to_owned(), |text, (name, value)| text.replace(name, &value))
}

/// A value that Markdown takes for nothing but text.
fn plain(value: &str) -> String {
    value.chars().flat_map(|c| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c])).collect()
}

/// Whether a text has what its page and the link to it in the footer are called by: a heading of level one.
#[must_use]
pub fn has_title(markdown: &str) -> bool {
    !draw(markdown).title.trim().is_empty()
}

fn draw(markdown: &str) -> Text {
    let (mut title, mut is_title) = (String::new(), false);
    let mut rest = Vec::new();
    // Some editors begin a file with a byte order mark, which would make text of the first heading.
    for event in Parser::new(markdown.trim_start_matches('\u{feff}')) {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if title.is_empty() => is_title = true,
            Event::End(TagEnd::Heading(HeadingLevel::H1)) if is_title => is_title = false,
            Event::Text(text) | Event::Code(text) if is_title => title.push_str(&text),
            _ if is_title => {}
            // Markup of a file is shown, not obeyed.
            Event::Html(text) | Event::InlineHtml(text) => rest.push(Event::Text(text)),
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let is_safe = ["https://", "http://", "mailto:", "tel:", "/", "#"].iter().any(|start| dest_url.starts_with(start));
                // Of an address in angle brackets the writer makes a `mailto:` link itself.
                let is_safe = link_type == LinkType::Email || (is_safe && !dest_url.starts_with("//"));
                let dest_url = if is_safe { dest_url } else { CowStr::Borrowed("#") };
                rest.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            // The content policy lets no picture of elsewhere in.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            other => rest.push(other),
        }
    }
    let mut markup = String::new();
    html::push_html(&mut markup, rest.into_iter());
    Text { title, html: markup }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Cookie;
    use std::convert::Infallible;

    fn standard_texts() -> Texts {
        Texts::new(&Fund::default(), |_| Ok::<_, Infallible>(None)).unwrap()
    }

    #[test]
    fn s88_s89_s90_each_text_is_whole_and_names_the_fund() {
        let texts = standard_texts();
        for legal in Legal::ALL {
            let text = texts.get(legal);
            assert!(!text.title.is_empty() && text.html.len() > 500, "{legal:?}");
            assert!(!text.html.contains("{{") && !text.html.contains("<h1"), "{legal:?}");
        }
        assert!(texts.get(Legal::Notices).html.contains("Caisse de démonstration"));
        assert_eq!(texts.conformity(), "Accessibilité\u{202f}: non conforme");
    }

    #[test]
    fn t25_a_fund_s_own_text_replaces_ours_and_brings_no_markup() {
        let fund = Fund { nom: "Caisse <b>*du* Nord</b>".into(), ..Fund::default() };
        let own =
            "# Nos **mentions**\n\n{{caisse}} <script>alert(1)</script>\n\n[x](javascript:alert(1)) [y](//evil) ![z](https://a/b.png)";
        let texts = Texts::new(&fund, |name| Ok::<_, Infallible>((name == "mentions-legales").then(|| own.to_owned()))).unwrap();
        let text = texts.get(Legal::Notices);
        assert_eq!(text.title, "Nos mentions");
        assert!(text.html.contains("Caisse &lt;b&gt;*du* Nord&lt;/b&gt;"), "{}", text.html);
        for bad in ["<script", "javascript:", "//evil", "<img"] {
            assert!(!text.html.contains(bad), "{bad} in {}", text.html);
        }
        assert!(texts.get(Legal::Terms).html.len() > 500, "the others are ours");
        let own = "\u{feff}# Nos mentions\n\n<aide@caisse.example> [t](tel:0102030405) [a](#ancre) [d](data:text/html,x) <javascript:x>";
        let texts = Texts::new(&fund, |_| Ok::<_, Infallible>(Some(own.to_owned()))).unwrap();
        let text = texts.get(Legal::Privacy);
        assert_eq!(text.title, "Nos mentions", "a byte order mark is no text");
        for link in ["href=\"mailto:aide@caisse.example\"", "href=\"tel:0102030405\"", "href=\"#ancre\""] {
            assert!(text.html.contains(link), "{link} in {}", text.html);
        }
        assert!(!text.html.contains("href=\"data:") && !text.html.contains("href=\"javascript:"), "{}", text.html);
    }

    #[test]
    fn a_text_without_a_title_is_known() {
        for with in ["# Titre", "\u{feff}# Titre\n\ntexte", "Titre\n=====\n", "texte\n\n# *Titre*"] {
            assert!(has_title(with), "{with:?}");
        }
        for without in ["", "\u{feff}", "texte", "## Titre", "#Titre", "# ", "#\n\ntexte"] {
            assert!(!has_title(without), "{without:?}");
        }
    }

    #[test]
    fn the_page_about_cookies_names_each_of_them() {
        let text = standard_texts().get(Legal::Cookies).html;
        for cookie in Cookie::ALL {
            assert!(text.contains(cookie.name()), "{}", cookie.name());
        }
    }
}
