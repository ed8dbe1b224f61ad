//! The two fonts: read once, asked how wide a text is and which shapes draw it.

use std::sync::LazyLock;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::ttf_parser::Tag;
use rustybuzz::{Direction, Face, Feature, ShapePlan, UnicodeBuffer, script};

use crate::layout::{POINT, Run};

static REGULAR: LazyLock<Typeface> = LazyLock::new(|| Typeface::new(include_bytes!("../fonts/SourceSans3_400Regular.ttf")));
static SEMI_BOLD: LazyLock<Typeface> = LazyLock::new(|| Typeface::new(include_bytes!("../fonts/SourceSans3_600SemiBold.ttf")));

/// Stands for a character the fonts cannot draw.
const UNDRAWN: char = '□';
/// Air between two neighbouring characters of a text that is copied by hand, ems.
const CELL_AIR: f32 = 0.06;
/// Width of a space in such a text, in cells: the groups must be seen apart.
const CELL_SPACE: f32 = 0.8;
/// Width of the narrow no-break space, ems. The fonts' own is so narrow that a colon seems to touch its word.
const NARROW_SPACE: f32 = 0.18;

/// How heavy the letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// For running text.
    Regular,
    /// For names, titles and what must not be missed.
    SemiBold,
}

/// A font in the two forms needed: one that shapes, one that is embedded.
struct Typeface {
    embedded: Font,
    shaper: Face<'static>,
    prose: ShapePlan,
    spelled: ShapePlan,
    units_per_em: f32,
}

impl Typeface {
    /// # Panics
    ///
    /// When the bytes are no font; they are part of the program, so the first test that runs says so.
    fn new(bytes: &'static [u8]) -> Self {
        let shaper = Face::from_slice(bytes, 0).expect("the font in the program is a font");
        let plan = |features: &[Feature]| ShapePlan::new(&shaper, Direction::LeftToRight, Some(script::LATIN), None, features);
        let prose = plan(&[]);
        let spelled = plan(&[(b"zero", 1), (b"liga", 0), (b"kern", 0)].map(|(tag, on)| Feature::new(Tag::from_bytes(tag), on, ..)));
        let units_per_em = units(shaper.units_per_em());
        let embedded = Font::new(bytes.into(), 0).expect("the font in the program is a font");
        Self { embedded, shaper, prose, spelled, units_per_em }
    }

    /// The shapes of `text`; advances in ems.
    fn shape(&self, text: &str, plan: &ShapePlan) -> Vec<KrillaGlyph> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        // The plan is made once for Latin, left to right; the fonts have no script that needs another.
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        let shaped = rustybuzz::shape_with_plan(&self.shaper, plan, buffer);
        let starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        let ems = |value: i32| units(value) / self.units_per_em;
        let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).enumerate();
        glyphs
            .map(|(index, (info, place))| {
                let start = info.cluster as usize;
                let end = starts[index..].iter().copied().find(|next| *next > start).unwrap_or(text.len());
                let narrow = &text[start..end] == "\u{202f}";
                KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    if narrow { NARROW_SPACE } else { ems(place.x_advance) },
                    ems(place.x_offset),
                    ems(place.y_offset),
                    ems(place.y_advance),
                    start..end,
                    None,
                )
            })
            .collect()
    }
}

/// Font units are 16 bits wide in the file; the shaper only widens them.
fn units(value: i32) -> f32 {
    f32::from(i16::try_from(value).unwrap_or(i16::MAX))
}

fn typeface(weight: Weight) -> &'static Typeface {
    match weight {
        Weight::Regular => &REGULAR,
        Weight::SemiBold => &SEMI_BOLD,
    }
}

/// The font to embed.
pub(crate) fn embedded(weight: Weight) -> Font {
    typeface(weight).embedded.clone()
}

/// Width of `text`, mm, at `size` points.
pub(crate) fn width(text: &str, weight: Weight, size: f32) -> f32 {
    let face = typeface(weight);
    let ems: f32 = face.shape(text, &face.prose).iter().map(|glyph| glyph.x_advance).sum();
    ems * size * POINT
}

/// The cell, mm, in which any character of `text` stands clear of its neighbours at `size` points.
pub(crate) fn cell(text: &str, weight: Weight, size: f32) -> f32 {
    let face = typeface(weight);
    let glyphs = face.shape(text, &face.spelled);
    (glyphs.iter().map(|glyph| glyph.x_advance).fold(0.0, f32::max) + CELL_AIR) * size * POINT
}

/// Width of `text`, mm, each character in a cell of `cell` mm and each space a little less.
pub(crate) fn spelled_width(text: &str, cell: f32) -> f32 {
    text.chars().map(|letter| if letter == ' ' { cell * CELL_SPACE } else { cell }).sum()
}

/// The shapes that draw `text` the way `run` says.
pub(crate) fn glyphs(run: &Run, text: &str) -> Vec<KrillaGlyph> {
    let face = typeface(run.weight);
    let Some(cell) = run.cell else { return face.shape(text, &face.prose) };
    let cell = cell / (run.size * POINT);
    let mut glyphs = face.shape(text, &face.spelled);
    for glyph in &mut glyphs {
        let room = if text[glyph.text_range.clone()].starts_with(' ') { cell * CELL_SPACE } else { cell };
        glyph.x_offset += (room - glyph.x_advance) / 2.0;
        glyph.x_advance = room;
    }
    glyphs
}

/// `text` with every character that has no drawing replaced by a square.
pub(crate) fn drawable(text: &str) -> String {
    let mut drawn = text.to_owned();
    // From the end, so that the ranges still to come stay true.
    for range in undrawn(text).into_iter().rev() {
        drawn.replace_range(range, UNDRAWN.encode_utf8(&mut [0; 4]));
    }
    drawn
}

/// Where the characters without a drawing stand. Both weights draw the same characters.
fn undrawn(text: &str) -> Vec<std::ops::Range<usize>> {
    let face = typeface(Weight::Regular);
    let mut ranges: Vec<_> =
        face.shape(text, &face.prose).into_iter().filter(|glyph| glyph.glyph_id.to_u32() == 0).map(|glyph| glyph.text_range).collect();
    ranges.dedup();
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Fund, Letter, Recipient, Role, code_sheet, welcome_sheet};

    #[test]
    fn what_is_drawn_is_as_wide_as_the_sheet_says() {
        let some = |text: &str| text.to_owned();
        let (site, website) = (some("https://a.example"), some(""));
        let fund = Fund { name: some("Fonds"), address: vec![], phone: some("01"), hours: some(""), site, website };
        let recipient = Recipient { lines: vec![some("AVENUE TAVERNY")], company: some("Wattiez"), siret: some("1") };
        let letter = Letter { place_and_date: some("Lyon"), reference: some(""), recipient };
        let sheets = [welcome_sheet(&fund, &letter, "AB-12 W"), code_sheet(&fund, &letter, "7K2M9QXD4TBW", "demain")];
        for block in sheets.into_iter().flat_map(|sheet| sheet.unwrap().blocks) {
            for run in block.lines.iter().flat_map(|line| &line.runs) {
                let drawn: f32 = glyphs(run, &run.text).iter().map(|glyph| glyph.x_advance).sum();
                assert!((drawn * run.size * POINT - run.width).abs() < 0.01, "{:?}", block.role);
                assert_eq!(run.cell.is_some(), block.role == Role::Secret);
            }
        }
    }
}
