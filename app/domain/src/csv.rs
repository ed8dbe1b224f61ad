//! Writing CSV that every spreadsheet of the trade opens: UTF-8 with its mark, `;` between fields, RFC 4180 quoting, and nothing a
//! spreadsheet would take for a formula (T33).

/// The mark that tells a spreadsheet that the file is UTF-8. First in the file.
pub const MARK: &str = "\u{feff}";

/// Appends one line.
pub fn line<'a>(out: &mut String, fields: impl IntoIterator<Item = &'a str>) {
    for (place, field) in fields.into_iter().enumerate() {
        if place > 0 {
            out.push(';');
        }
        cell(out, field);
    }
    out.push_str("\r\n");
}

fn cell(out: &mut String, field: &str) {
    let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if field.contains([';', '"', '\r', '\n']) {
        out.push('"');
        out.push_str(guard);
        out.push_str(&field.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(guard);
        out.push_str(field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(fields: &[&str]) -> String {
        let mut out = String::new();
        line(&mut out, fields.iter().copied());
        out
    }

    #[test]
    fn t33_no_cell_is_a_formula_and_no_value_makes_another_cell_or_line() {
        assert_eq!(written(&["Martin", "", "69003"]), "Martin;;69003\r\n");
        for (value, cell) in [
            ("=1+1", "'=1+1"),
            ("+33", "'+33"),
            ("-2", "'-2"),
            ("@SOMME", "'@SOMME"),
            ("\tx", "'\tx"),
            ("\r=1", "\"'\r=1\""),
            ("=A1;B1", "\"'=A1;B1\""),
            ("dit « \"oui\" »", "\"dit « \"\"oui\"\" »\""),
            ("deux\nlignes", "\"deux\nlignes\""),
            ("a=b", "a=b"),
        ] {
            assert_eq!(written(&[value]), format!("{cell}\r\n"), "{value:?}");
        }
    }
}
