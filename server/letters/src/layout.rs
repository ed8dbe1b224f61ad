//! The page as data: what is drawn, where, and what it is for.

/// A rectangle on the page, in millimetres from the top left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Distance of the left side from the page's left edge, mm.
    pub left: f32,
    /// Distance of the top side from the page's top edge, mm.
    pub top: f32,
    /// Distance of the right side from the page's left edge, mm.
    pub right: f32,
    /// Distance of the bottom side from the page's top edge, mm.
    pub bottom: f32,
}

impl Area {
    /// Width, mm.
    #[must_use]
    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Height, mm.
    #[must_use]
    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// Whether `other` lies wholly in this area, sides included.
    #[must_use]
    pub fn holds(&self, other: &Area) -> bool {
        other.left >= self.left && other.right <= self.right && other.top >= self.top && other.bottom <= self.bottom
    }

    /// Whether the two areas share any surface.
    #[must_use]
    pub fn meets(&self, other: &Area) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// The smallest area that holds both.
    #[must_use]
    pub fn union(&self, other: &Area) -> Area {
        Area {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// The whole page: A4.
pub const PAGE: Area = Area { left: 0.0, top: 0.0, right: 210.0, bottom: 297.0 };

/// What may show through the window of a French DL or C5/6 envelope, the sheet folded in three and free to slide a
/// little: only the postal address may be drawn here.
pub const WINDOW: Area = Area { left: 100.0, top: 45.0, right: 200.0, bottom: 90.0 };

/// Where the postal address stands inside [`WINDOW`].
pub const ADDRESS: Area = Area { left: 110.0, top: 45.0, right: 190.0, bottom: 85.0 };

/// Colours. The second prints as a dark grey on a black and white printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Black, for what is read.
    Black,
    /// Petrol, `#0f4c5c`, for the fund's name, the title and the rules.
    Petrol,
}

/// What a block is, which decides how it is announced to assistive technology.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The fund's name and address.
    Sender,
    /// The postal address in the window.
    Recipient,
    /// The reference column.
    Reference,
    /// Place and date.
    Date,
    /// The object of the letter: its first-level heading.
    Title,
    /// A second-level heading.
    Heading,
    /// Running text.
    Paragraph,
    /// What the letter carries: the identifiant or the code.
    Secret,
    /// One step of a numbered list; its first line is the number, the others are the text.
    Step,
    /// How to reach the fund.
    Footer,
}

/// Text drawn in one go: one size, one weight, one colour. Not `Debug`, like all that contains it: it may hold the
/// code, and what can be printed ends up in a log.
#[derive(Clone, PartialEq)]
pub struct Run {
    /// The characters, as they are drawn and as they are extracted.
    pub text: String,
    /// Where the first character starts, mm from the left edge.
    pub x: f32,
    /// The baseline, mm from the top edge.
    pub baseline: f32,
    /// The width drawn, mm.
    pub width: f32,
    /// The size of the letters, points.
    pub size: f32,
    /// The weight of the letters.
    pub weight: crate::Weight,
    /// The colour.
    pub ink: Ink,
    /// For what is copied by hand: the width in mm of the cell each character is centred in (a space takes a
    /// little less), the zero being slashed.
    pub cell: Option<f32>,
}

/// Highest ink above the baseline, in ems: an accented capital.
const ABOVE: f32 = 0.86;
/// Lowest ink below the baseline, in ems: a descender.
const BELOW: f32 = 0.26;
/// One point in millimetres.
pub(crate) const POINT: f32 = 25.4 / 72.0;

impl Run {
    /// The surface its ink may touch.
    #[must_use]
    pub fn area(&self) -> Area {
        let em = self.size * POINT;
        Area { left: self.x, top: self.baseline - ABOVE * em, right: self.x + self.width, bottom: self.baseline + BELOW * em }
    }
}

/// One line of text: runs that follow each other.
#[derive(Clone, PartialEq)]
pub struct Line {
    /// From left to right.
    pub runs: Vec<Run>,
}

impl Line {
    /// The characters of the line.
    #[must_use]
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// Lines that are read together.
#[derive(Clone, PartialEq)]
pub struct Block {
    /// What it is.
    pub role: Role,
    /// From top to bottom; for [`Role::Step`] the number comes first, on the height of the next line.
    pub lines: Vec<Line>,
}

impl Block {
    /// The characters of the block, one space between two lines.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines.iter().map(Line::text).collect::<Vec<_>>().join(" ")
    }

    /// The surface its ink may touch; none when it has no text.
    #[must_use]
    pub fn area(&self) -> Option<Area> {
        self.lines.iter().flat_map(|line| &line.runs).map(Run::area).reduce(|all, one| all.union(&one))
    }
}

/// A decoration: a rule, or a frame, that assistive technology passes over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// The frame's sides; a rule when the top and the bottom are the same.
    pub area: Area,
    /// The thickness of the line, points.
    pub thickness: f32,
}

/// One page, ready to be written.
#[derive(Clone, PartialEq)]
pub struct Sheet {
    /// The document's title, shown by readers in place of a file name.
    pub title: &'static str,
    /// The document's author: the fund.
    pub author: String,
    /// The texts, in reading order.
    pub blocks: Vec<Block>,
    /// The decorations.
    pub strokes: Vec<Stroke>,
}

impl Sheet {
    /// All the text, in reading order, one block a line.
    #[must_use]
    pub fn text(&self) -> String {
        self.blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n")
    }

    /// Writes the page as a PDF file.
    ///
    /// # Errors
    ///
    /// [`Error::Pdf`](crate::Error::Pdf) when the file would not be a valid PDF/UA-1 document.
    pub fn to_pdf(&self) -> Result<Vec<u8>, crate::Error> {
        crate::pdf::write(self)
    }
}
