//! Several lines of text that somebody types.

use leptos::prelude::*;

/// A text area with a name of the draft. Its text goes in as escaped markup behind one line break, which the parser eats: a text that
/// begins with a line break keeps it, and no text ends the element (D8).
pub fn text_area(id: &str, name: String, value: &str, rows: u8, described: Option<String>, is_invalid: bool) -> AnyView {
    let inside = format!("\n{}", escaped(value));
    view! {
        <textarea
            id=id.to_owned()
            name=name
            rows=rows.to_string()
            spellcheck="false"
            aria-describedby=described
            aria-invalid=is_invalid.then_some("true")
            inner_html=inside
        ></textarea>
    }
    .into_any()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
