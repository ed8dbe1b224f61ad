//! HTML as a browser cuts it up: elements and their attributes, in order.

/// An element's start, or a comment or declaration under the name `!`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

/// Every start of an element in the text.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut all = Vec::new();
    let mut rest = html;
    while let Some(place) = rest.find('<') {
        rest = &rest[place + 1..];
        match rest.chars().next() {
            Some('!' | '?') => {
                all.push(Tag { name: "!".into(), attributes: Vec::new() });
                let end = if rest.starts_with("!--") && !rest.starts_with("!-->") { "-->" } else { ">" };
                rest = rest.split_once(end).map_or("", |(_, after)| after);
            }
            Some(c) if c.is_ascii_alphabetic() => {
                let (tag, after) = tag(rest);
                rest = after;
                if ["script", "style"].contains(&tag.name.as_str()) {
                    let end = format!("</{}", tag.name);
                    rest = rest.find(&end).map_or("", |place| &rest[place..]);
                }
                all.push(tag);
            }
            _ => {}
        }
    }
    all
}

fn tag(text: &str) -> (Tag, &str) {
    let name_end = text.find(|c: char| c.is_whitespace() || c == '/' || c == '>').unwrap_or(text.len());
    let mut tag = Tag { name: text[..name_end].to_ascii_lowercase(), attributes: Vec::new() };
    let mut rest = &text[name_end..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return (tag, rest);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (tag, after);
        }
        let end = rest.find(|c: char| c.is_whitespace() || "/>=".contains(c)).unwrap_or(rest.len()).max(1);
        let name = rest[..end].to_ascii_lowercase();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(after) = rest.trim_start().strip_prefix('=') {
            let after = after.trim_start();
            let (found, next) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                _ => after.split_at(after.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(after.len())),
            };
            value = decoded(found);
            rest = next;
        }
        tag.attributes.push((name, value));
    }
}

/// Names only: what a value cannot change while it is text.
pub fn skeleton(html: &str) -> Vec<(String, Vec<String>)> {
    tags(html).into_iter().map(|tag| (tag.name, tag.attributes.into_iter().map(|(name, _)| name).collect())).collect()
}

/// Where the page leads, loads from or posts to.
pub fn addresses(html: &str) -> Vec<String> {
    let names = ["href", "src", "action", "formaction", "data", "srcdoc", "xlink:href", "poster", "srcset"];
    tags(html)
        .into_iter()
        .flat_map(|tag| tag.attributes)
        .filter(|(name, _)| names.contains(&name.as_str()))
        .map(|(_, value)| value)
        .collect()
}

/// The text with its character references resolved once.
pub fn decoded(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(place) = rest.find('&') {
        out.push_str(&rest[..place]);
        rest = &rest[place..];
        let found = rest[1..].split_once(';').filter(|(name, _)| name.len() <= 8).and_then(|(name, after)| Some((reference(name)?, after)));
        match found {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

fn reference(name: &str) -> Option<char> {
    let number = match name {
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "amp" => return Some('&'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        "nbsp" => return Some('\u{a0}'),
        _ => name.strip_prefix('#')?,
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
}
