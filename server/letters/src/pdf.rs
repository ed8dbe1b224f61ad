//! A sheet as a PDF file.

use std::num::NonZeroU16;

use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder, PdfVersion};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke as Pen};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, ListNumbering, Node, SpanTag, Tag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};

use crate::error::Error;
use crate::fonts;
use crate::layout::{Block, Ink, Line, PAGE, POINT, Role, Sheet, Stroke};

const LANGUAGE: &str = "fr-FR";

/// The bytes of the file.
pub(crate) fn write(sheet: &Sheet) -> Result<Vec<u8>, Error> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .with_version(PdfVersion::Pdf17)
        .finish()
        .map_err(|why| Error::Pdf(format!("{why:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    // No date: the same letter must give the same bytes.
    document.set_metadata(Metadata::new().title(sheet.title.to_owned()).authors(vec![sheet.author.clone()]).language(LANGUAGE.to_owned()));
    document.set_outline(outline(sheet));
    let size =
        PageSettings::from_wh(points(PAGE.width()), points(PAGE.height())).ok_or_else(|| Error::Pdf("the page has no size".to_owned()))?;
    let mut page = document.start_page_with(size);
    let mut surface = page.surface();
    for stroke in &sheet.strokes {
        draw_stroke(&mut surface, stroke);
    }
    let tree = draw_blocks(&mut surface, &sheet.blocks);
    surface.finish();
    page.finish();
    document.set_tag_tree(tree);
    // The library's messages name fonts and glyphs; some of its debug forms quote the text, so they are not used.
    document.finish().map_err(|why| Error::Pdf(why.to_string()))
}

fn points(millimetres: f32) -> f32 {
    millimetres / POINT
}

fn colour(ink: Ink) -> rgb::Color {
    match ink {
        Ink::Black => rgb::Color::black(),
        Ink::Petrol => rgb::Color::new(0x0f, 0x4c, 0x5c),
    }
}

/// One entry, to the title: the standard wants an outline in every document.
fn outline(sheet: &Sheet) -> Outline {
    let mut outline = Outline::new();
    for block in sheet.blocks.iter().filter(|block| block.role == Role::Title) {
        let top = block.area().map_or(0.0, |area| area.top);
        let place = XyzDestination::new(0, Point::from_xy(0.0, points(top)));
        outline.push_child(OutlineNode::new(block.text(), place));
    }
    outline
}

fn draw_stroke(surface: &mut Surface, stroke: &Stroke) {
    let area = stroke.area;
    let mut path = PathBuilder::new();
    match Rect::from_ltrb(points(area.left), points(area.top), points(area.right), points(area.bottom)) {
        Some(frame) if area.height() > 0.0 => path.push_rect(frame),
        _ => {
            path.move_to(points(area.left), points(area.top));
            path.line_to(points(area.right), points(area.bottom));
        }
    }
    let Some(path) = path.finish() else { return };
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
    surface.set_fill(None);
    surface.set_stroke(Some(Pen { paint: colour(Ink::Petrol).into(), width: stroke.thickness, ..Pen::default() }));
    surface.draw_path(&path);
    surface.set_stroke(None);
    surface.end_tagged();
}

/// Draws the texts and says what each is.
fn draw_blocks(surface: &mut Surface, blocks: &[Block]) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
    let mut steps: Option<TagGroup> = None;
    for block in blocks {
        let mut leaves = draw_lines(surface, block);
        if block.role == Role::Step {
            let body = leaves.split_off(1);
            let item = vec![TagGroup::with_children(Tag::Lbl, leaves).into(), TagGroup::with_children(Tag::LBody, body).into()];
            steps.get_or_insert_with(|| TagGroup::new(Tag::L(ListNumbering::Decimal))).push(TagGroup::with_children(Tag::LI, item));
            continue;
        }
        if let Some(list) = steps.take() {
            tree.push(list);
        }
        tree.push(match block.role {
            Role::Title => heading(NonZeroU16::MIN, block, leaves),
            Role::Heading => heading(NonZeroU16::MIN.saturating_add(1), block, leaves),
            _ => TagGroup::with_children(Tag::P, leaves),
        });
    }
    if let Some(list) = steps {
        tree.push(list);
    }
    tree
}

fn heading(level: NonZeroU16, block: &Block, leaves: Vec<Node>) -> TagGroup {
    TagGroup::with_children(Tag::Hn(level, Some(block.text())), leaves)
}

fn draw_lines(surface: &mut Surface, block: &Block) -> Vec<Node> {
    let last = block.lines.len().saturating_sub(1);
    block.lines.iter().enumerate().map(|(index, line)| draw_line(surface, line, index < last)).collect()
}

/// `open` when the block goes on: the line then ends with a space, without which its last word would be read in one
/// with the next.
fn draw_line(surface: &mut Surface, line: &Line, open: bool) -> Node {
    // Readers guess spaces from gaps, and the cells of what is copied by hand leave gaps: the text is spelled out.
    let spelled = line.runs.iter().any(|run| run.cell.is_some()).then(|| line.text());
    let span = SpanTag::empty().with_actual_text(spelled.as_deref());
    let leaf = surface.start_tagged(ContentTag::Span(span));
    let last = line.runs.len().saturating_sub(1);
    for (index, run) in line.runs.iter().enumerate() {
        // The lines are broken by now, and both spaces are one glyph: two meanings for it would wrap every no-break
        // space in a span of its own, at which some readers stop reading the line.
        let mut text = run.text.replace('\u{a0}', " ");
        if open && index == last {
            text.push(' ');
        }
        let start = Point::from_xy(points(run.x), points(run.baseline));
        surface.set_fill(Some(Fill { paint: colour(run.ink).into(), ..Fill::default() }));
        surface.draw_glyphs(start, &fonts::glyphs(run, &text), fonts::embedded(run.weight), &text, run.size, false);
    }
    surface.end_tagged();
    leaf.into()
}
