//! Putting lines one under the other.

use crate::error::Error;
use crate::fonts::{self, Weight};
use crate::layout::{Area, Block, Ink, Line, POINT, Role, Run, Stroke};
use crate::text::{Piece, breadth, wrap};

/// How a block is set.
#[derive(Clone, Copy)]
pub(crate) struct Style {
    /// Points.
    pub(crate) size: f32,
    /// Height of a line, in ems.
    pub(crate) leading: f32,
    pub(crate) ink: Ink,
}

impl Style {
    pub(crate) fn new(size: f32, leading: f32) -> Self {
        Self { size, leading, ink: Ink::Black }
    }

    pub(crate) fn petrol(self) -> Self {
        Self { ink: Ink::Petrol, ..self }
    }

    /// Height of a line, mm.
    pub(crate) fn line(self) -> f32 {
        self.size * self.leading * POINT
    }

    /// From the top of a line to its baseline, mm: the letters stand in the middle of the line.
    pub(crate) fn drop(self) -> f32 {
        self.line() / 2.0 + 0.3 * self.size * POINT
    }
}

/// A column being filled from the top; lengths in mm.
pub(crate) struct Flow {
    /// Where the next line starts.
    pub(crate) top: f32,
    left: f32,
    right: f32,
    pub(crate) blocks: Vec<Block>,
    pub(crate) strokes: Vec<Stroke>,
}

impl Flow {
    pub(crate) fn new(left: f32, right: f32, top: f32) -> Self {
        Self { top, left, right, blocks: Vec::new(), strokes: Vec::new() }
    }

    pub(crate) fn gap(&mut self, height: f32) {
        self.top += height;
    }

    /// Text over the whole width of the column.
    pub(crate) fn text(&mut self, role: Role, pieces: &[Piece], style: Style) {
        self.lines(role, &wrap(pieces, self.right - self.left, style.size), style);
    }

    /// Lines already broken, as one block.
    pub(crate) fn lines(&mut self, role: Role, lines: &[Vec<Piece>], style: Style) {
        let left = self.left;
        let lines = lines.iter().map(|line| self.line(left, line, style)).collect();
        self.blocks.push(Block { role, lines });
    }

    /// A numbered step.
    pub(crate) fn step(&mut self, number: usize, pieces: &[Piece], style: Style) {
        let inset = 2.2 * style.size * POINT;
        let label = [Piece { text: format!("{number}."), weight: Weight::SemiBold }];
        let left = self.left + inset;
        let top = self.top;
        let label = self.line(left - 1.4 * style.size * POINT, &label, style);
        self.top = top;
        let body = wrap(pieces, self.right - left, style.size);
        let mut lines = vec![label];
        lines.extend(body.iter().map(|line| self.line(left, line, style)));
        self.blocks.push(Block { role: Role::Step, lines });
    }

    /// What is copied by hand: large, in the middle of a frame, no larger than `size` points.
    pub(crate) fn framed(&mut self, what: &'static str, text: &str, size: f32) -> Result<(), Error> {
        const SMALLEST: f32 = 10.0;
        const PADDING: f32 = 4.0;
        let room = self.right - self.left - 4.0 * PADDING;
        let mut size = size;
        let (cell, width) = loop {
            let cell = fonts::cell(text, Weight::SemiBold, size);
            let width = fonts::spelled_width(text, cell);
            if width <= room {
                break (cell, width);
            }
            size -= 1.0;
            if size < SMALLEST {
                return Err(Error::TooLong(what));
            }
        };
        let height = size * POINT + 2.0 * PADDING;
        let middle = f32::midpoint(self.left, self.right);
        let half = width / 2.0 + 3.0 * PADDING;
        let area =
            Area { left: (middle - half).max(self.left), right: (middle + half).min(self.right), top: self.top, bottom: self.top + height };
        self.strokes.push(Stroke { area, thickness: 1.0 });
        let run = Run {
            text: text.to_owned(),
            x: middle - width / 2.0,
            // Capitals are 0.66 em high: half of that under the middle.
            baseline: self.top + height / 2.0 + 0.33 * size * POINT,
            width,
            size,
            weight: Weight::SemiBold,
            ink: Ink::Black,
            cell: Some(cell),
        };
        self.blocks.push(Block { role: Role::Secret, lines: vec![Line { runs: vec![run] }] });
        self.top += height;
        Ok(())
    }

    /// A rule over the whole width of the column, `thickness` in points.
    pub(crate) fn rule(&mut self, thickness: f32) {
        let area = Area { left: self.left, right: self.right, top: self.top, bottom: self.top };
        self.strokes.push(Stroke { area, thickness });
    }

    fn line(&mut self, left: f32, pieces: &[Piece], style: Style) -> Line {
        let baseline = self.top + style.drop();
        let mut x = left;
        let runs = pieces
            .iter()
            .map(|piece| {
                let width = breadth(std::slice::from_ref(piece), style.size);
                let run = Run {
                    text: piece.text.clone(),
                    x,
                    baseline,
                    width,
                    size: style.size,
                    weight: piece.weight,
                    ink: style.ink,
                    cell: None,
                };
                x += width;
                run
            })
            .collect();
        self.top += style.line();
        Line { runs }
    }
}

/// The first of `sizes`, from the largest, at which `attempt` succeeds.
pub(crate) fn fit<T>(what: &'static str, sizes: &[f32], attempt: impl Fn(f32) -> Option<T>) -> Result<T, Error> {
    sizes.iter().find_map(|size| attempt(*size)).ok_or(Error::TooLong(what))
}
