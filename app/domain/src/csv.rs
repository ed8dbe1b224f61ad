//! Writing CSV for spreadsheets (RFC 4180, `;`): a mark of UTF-8 first, and nothing that a spreadsheet would take for a formula.

/// What a file begins with, so that spreadsheets read it as UTF-8.
pub const BOM: char = '\u{feff}';

/// One line with its end. A field that a spreadsheet would compute gets an apostrophe before it; one with a separator, a quote or a
/// line end stands between quotes.
#[must_use]
pub fn line<S: AsRef<str>>(fields: &[S]) -> String {
    let mut text = fields.iter().map(|field| quoted(field.as_ref())).collect::<Vec<_>>().join(";");
    text.push_str("\r\n");
    text
}

fn quoted(field: &str) -> String {
    let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if field.contains([';', '"', '\n', '\r']) { format!("\"{guard}{}\"", field.replace('"', "\"\"")) } else { format!("{guard}{field}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_read_back_as_it_was_and_never_computed() {
        assert_eq!(line(&["a", "b c", ""]), "a;b c;\r\n");
        assert_eq!(line(&["a;b", "say \"no\"", "two\nlines"]), "\"a;b\";\"say \"\"no\"\"\";\"two\nlines\"\r\n");
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(line(&[formula]), format!("'{formula}\r\n"));
        }
        assert_eq!(line(&["\r=1"]), "\"'\r=1\"\r\n");
        assert_eq!(line(&["=A1;\"x\""]), "\"'=A1;\"\"x\"\"\"\r\n");
        assert_eq!(line(&["a=b", "1-2"]), "a=b;1-2\r\n");
    }
}
