//! The name of a file as it is shown. Files are stored under ids; a name opens and overwrites nothing, so two may be equal.

use super::budget::LONGEST_NAME;
use super::kind::Kind;

/// Shown when nothing of a name is left.
const NAMELESS: &str = "fichier";
/// Most characters of an extension that is kept when a name is cut; a longer one is none.
const LONGEST_EXTENSION: usize = 10;

/// Characters that cannot be seen, or that change how the text around them is shown. White space is left to be collapsed.
pub(super) fn is_unseen(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}')
}

/// The name of a file, safe to show and to save under on any system: no folder, nothing unseen, no character or word that Windows keeps
/// for itself, at most [`LONGEST_NAME`] characters with the extension whole. Never empty; cleaning it twice changes nothing.
#[must_use]
pub fn display_name(raw: &str) -> String {
    let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = last.chars().filter(|c| !is_unseen(*c)).map(|c| if "<>:\"|?*".contains(c) { '_' } else { c }).collect();
    let line = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = line.trim_matches(['.', ' ']);
    if bare.is_empty() {
        NAMELESS.to_owned()
    } else if is_reserved(bare) {
        shortened(&format!("_{bare}"))
    } else {
        shortened(bare)
    }
}

/// What the end of a name says the file is, read from the name as it is shown: `facture.pdf.exe` is no PDF, and no mark turns it into one.
#[must_use]
pub fn extension(name: &str) -> Option<Kind> {
    Kind::from_extension(display_name(name).rsplit_once('.')?.1)
}

/// Names of devices, which Windows opens whatever follows their first dot.
fn is_reserved(name: &str) -> bool {
    let base = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |device| base.strip_prefix(device).is_some_and(|rest| is_single(rest, |c| c.is_ascii_digit() || "¹²³".contains(c)));
    matches!(base.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") || numbered("COM") || numbered("LPT")
}

fn is_single(text: &str, is: impl Fn(char) -> bool) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is) && chars.next().is_none()
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST_NAME {
        return name.to_owned();
    }
    let cut = |text: &str, most| text.chars().take(most).collect::<String>().trim_end_matches(['.', ' ']).to_owned();
    match name.rsplit_once('.').map(|(stem, extension)| (stem, extension, extension.chars().count())) {
        Some((stem, extension, length)) if length <= LONGEST_EXTENSION => {
            format!("{}.{extension}", cut(stem, LONGEST_NAME - 1 - length))
        }
        _ => unnamed(&cut(name, LONGEST_NAME)),
    }
}

/// A cut in the middle of an extension makes no other one of it: what was `.pdfxxxx…` is still no PDF.
fn unnamed(cut: &str) -> String {
    match cut.rsplit_once('.') {
        Some((stem, extension)) if Kind::from_extension(extension).is_some() => format!("{stem}_{extension}"),
        _ => cut.to_owned(),
    }
}
