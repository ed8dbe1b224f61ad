//! What both letters share: letterhead, postal address, references, date, footer, and the ways in and out.

use crate::error::Error;
use crate::flow::{Flow, Style, fit};
use crate::fonts::Weight;
use crate::layout::{ADDRESS, Block, PAGE, Role, Sheet};
use crate::text::{Piece, clean, given, plain, quoted, strong, together, wrap};
use crate::{Fund, Letter};

/// Left and right margins of the text, mm.
const LEFT: f32 = 20.0;
const RIGHT: f32 = 190.0;
/// Where the sheet is folded in three for the envelope, mm from the top.
const FOLDS: [f32; 2] = [99.0, 198.0];
/// The marks of the folds end here, mm: in the margin, on what every printer prints.
const FOLD_RIGHT: f32 = 14.0;
const FOLD_LEFT: f32 = 10.0;
/// Where the letterhead starts, mm.
const HEAD: f32 = 14.0;
/// The left column, beside the window, ends before [`WINDOW`](crate::WINDOW) starts, mm.
const COLUMN_RIGHT: f32 = 92.0;
/// The left column ends here, mm.
const COLUMN_BOTTOM: f32 = 98.0;
/// The date starts here, mm: just under the window.
const DATE: f32 = 92.0;
/// The body starts here, mm.
const BODY: f32 = 104.0;
/// The footer ends here, mm: printers leave about a centimetre blank.
const FOOT: f32 = PAGE.bottom - 12.0;
/// No text given has more characters.
const LONGEST: usize = 500;
/// The postal address has at most so many lines.
const ADDRESS_LINES: usize = 6;

/// What is particular to one of the two letters.
pub(crate) struct Content<'a> {
    /// The document's title.
    pub(crate) title: &'static str,
    /// What follows « Objet : ».
    pub(crate) object: &'static str,
    /// What the identifiant or the code is called in an error.
    pub(crate) what: &'static str,
    /// The identifiant or the code, as it is shown.
    pub(crate) secret: &'a str,
    /// Before it, after it, then the third step, then what to do when the other letter is missing.
    pub(crate) before: Vec<Piece>,
    pub(crate) after: Vec<Vec<Piece>>,
    pub(crate) typing: Vec<Piece>,
    pub(crate) astray: Vec<Piece>,
}

/// The whole page.
pub(crate) fn sheet(fund: &Fund, letter: &Letter, content: &Content) -> Result<Sheet, Error> {
    require(fund, letter)?;
    let head = letterhead(fund)?;
    let address = address(&letter.recipient.lines)?;
    let column = column(fund, letter, head.top, first_baseline(&address))?;
    let date = date(&letter.place_and_date)?;
    let foot = footer(fund)?;
    let limit = foot.strokes.iter().map(|rule| rule.area.top).fold(PAGE.bottom, f32::min) - 4.0;
    let body = fit("text of the letter", &[10.5, 10.0, 9.5, 9.0], |size| {
        let body = body(fund, content, size);
        if body.as_ref().is_ok_and(|body| body.top > limit) { None } else { Some(body) }
    })??;
    let flows = [head, column, address, date, body, foot, folds()];
    let (mut blocks, mut strokes) = (Vec::new(), Vec::new());
    for flow in flows {
        blocks.extend(flow.blocks);
        strokes.extend(flow.strokes);
    }
    blocks.retain(|block: &Block| !block.lines.is_empty());
    Ok(Sheet { title: content.title, author: clean(&fund.name), blocks, strokes })
}

/// What can be refused before anything is measured.
fn require(fund: &Fund, letter: &Letter) -> Result<(), Error> {
    let to = &letter.recipient;
    let needed = [
        (&fund.name, "fund's name"),
        (&fund.phone, "telephone number"),
        (&fund.site, "address of the portal"),
        (&letter.place_and_date, "place and date"),
        (&to.company, "company's name"),
        (&to.siret, "SIRET"),
    ];
    let optional = [(&fund.hours, "opening hours"), (&fund.website, "web site"), (&letter.reference, "reference")];
    let addresses = fund.address.iter().map(|line| (line, "fund's address"));
    let recipients = to.lines.iter().map(|line| (line, "postal address"));
    for (text, what) in needed.into_iter().chain(optional).chain(addresses).chain(recipients) {
        within(text, what)?;
    }
    match needed.into_iter().find(|(text, _)| clean(text).is_empty()) {
        Some((_, what)) => Err(Error::Missing(what)),
        None => Ok(()),
    }
}

/// Refuses a text so long that only a mistake explains it; the time to measure a page stays bounded.
pub(crate) fn within(text: &str, what: &'static str) -> Result<(), Error> {
    if text.chars().nth(LONGEST).is_some() { Err(Error::TooLong(what)) } else { Ok(()) }
}

/// The fund's name and the rule under it, over the whole width.
fn letterhead(fund: &Fund) -> Result<Flow, Error> {
    let name = [Piece { text: clean(&fund.name), weight: Weight::SemiBold }];
    let (size, lines) = fit("fund's name", &[18.0, 16.0, 14.0, 12.0, 10.0], |size| {
        let lines = wrap(&name, RIGHT - LEFT, size);
        (lines.len() <= 2).then_some((size, lines))
    })?;
    let mut flow = Flow::new(LEFT, RIGHT, HEAD);
    flow.lines(Role::Sender, &lines, Style::new(size, 1.15).petrol());
    flow.gap(1.8);
    flow.rule(1.6);
    flow.gap(2.4);
    Ok(flow)
}

fn first_baseline(flow: &Flow) -> f32 {
    flow.blocks.iter().flat_map(|block| &block.lines).flat_map(|line| &line.runs).map(|run| run.baseline).fold(PAGE.bottom, f32::min)
}

/// Where to fold: two short marks that no reader needs to be told of.
fn folds() -> Flow {
    let mut flow = Flow::new(FOLD_LEFT, FOLD_RIGHT, 0.0);
    for fold in FOLDS {
        flow.top = fold;
        flow.rule(0.4);
    }
    flow
}

/// The fund's address, telephone and web site, then, level with the postal address where there is room, the references: left of
/// the window.
fn column(fund: &Fund, letter: &Letter, top: f32, level: f32) -> Result<Flow, Error> {
    let mut lines: Vec<_> = fund.address.iter().map(|line| vec![quoted(line)]).collect();
    lines.push(vec![plain("Téléphone : "), together(&fund.phone)]);
    lines.push(vec![quoted(&fund.website)]);
    lines.retain(|line| line.iter().all(|piece| !piece.text.is_empty()));
    let labelled = |label: &str, value: &str| [plain(label), strong_value(value)];
    fit("fund's address or company's name", &[9.5, 9.0, 8.5, 8.0, 7.5, 7.0], |size| {
        let style = Style::new(size, 1.3);
        let mut flow = Flow::new(LEFT, COLUMN_RIGHT, top);
        let wrapped: Vec<_> = lines.iter().flat_map(|line| wrap(line, COLUMN_RIGHT - LEFT, size)).collect();
        flow.lines(Role::Sender, &wrapped, style);
        flow.top = (flow.top + 5.0).max(level - style.drop());
        if !clean(&letter.reference).is_empty() {
            flow.text(Role::Reference, &labelled("Nos références : ", &letter.reference), style);
        }
        flow.text(Role::Reference, &labelled("Entreprise : ", &letter.recipient.company), style);
        flow.text(Role::Reference, &[plain("SIRET : "), given(&letter.recipient.siret)], style);
        (flow.top <= COLUMN_BOTTOM).then_some(flow)
    })
}

fn strong_value(text: &str) -> Piece {
    Piece { text: clean(text), weight: Weight::SemiBold }
}

/// The postal address, in the middle of its zone so that the sheet may slide either way in the envelope. No line of it is
/// broken, as the post wants it, unless the letters would become too small for its machines.
fn address(lines: &[String]) -> Result<Flow, Error> {
    let lines: Vec<_> = lines.iter().map(|line| clean(line)).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        return Err(Error::Missing("postal address"));
    }
    if lines.len() > ADDRESS_LINES {
        return Err(Error::TooManyLines(lines.len()));
    }
    let set = |size: f32, may_break: bool| {
        let style = Style::new(size, 1.2);
        let wrapped: Vec<_> = lines.iter().flat_map(|line| wrap(&[quoted(line)], ADDRESS.width(), size)).collect();
        if !may_break && wrapped.len() > lines.len() {
            return None;
        }
        let mut flow = Flow::new(ADDRESS.left, ADDRESS.right, 0.0);
        flow.lines(Role::Recipient, &wrapped, style);
        let height = flow.top;
        let mut flow = Flow::new(ADDRESS.left, ADDRESS.right, ADDRESS.top + (ADDRESS.height() - height) / 2.0);
        flow.lines(Role::Recipient, &wrapped, style);
        (height <= ADDRESS.height()).then_some(flow)
    };
    fit("postal address", &[11.0, 10.5, 10.0], |size| set(size, false))
        .or_else(|_| fit("postal address", &[11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0], |size| set(size, true)))
}

fn date(place_and_date: &str) -> Result<Flow, Error> {
    fit("place and date", &[10.5, 9.5, 8.5], |size| {
        let mut flow = Flow::new(ADDRESS.left, RIGHT, DATE);
        flow.text(Role::Date, &[quoted(place_and_date)], Style::new(size, 1.3));
        (flow.top < BODY).then_some(flow)
    })
}

/// How to reach the fund, and when. It is read out, not passed over as decoration.
fn footer(fund: &Fund) -> Result<Flow, Error> {
    let hours = clean(&fund.hours);
    let mut pieces = vec![strong("Une question ? "), plain("Appelez-nous au "), given(&fund.phone)];
    if !hours.is_empty() {
        pieces.push(plain(", "));
        pieces.push(quoted(&hours));
    }
    let last = [quoted(&fund.name), plain(" – "), given(&fund.site)];
    fit("footer", &[9.5, 9.0, 8.5, 8.0, 7.5], |size| {
        let style = Style::new(size, 1.35);
        let fill = |top: f32| {
            let mut flow = Flow::new(LEFT, RIGHT, top);
            flow.rule(0.6);
            flow.gap(2.0);
            flow.text(Role::Footer, &pieces, style);
            flow.text(Role::Footer, &last, style);
            flow
        };
        let height = fill(0.0).top;
        (height <= 20.0).then(|| fill(FOOT - height))
    })
}

fn body(fund: &Fund, content: &Content, size: f32) -> Result<Flow, Error> {
    let style = Style::new(size, 1.36);
    let between = 0.62 * style.line();
    let mut flow = Flow::new(LEFT, RIGHT, BODY);
    flow.text(Role::Title, &[strong("Objet : "), strong(content.object)], Style::new(size + 3.5, 1.25).petrol());
    flow.gap(between * 1.4);
    let paragraph = |flow: &mut Flow, pieces: &[Piece]| {
        flow.text(Role::Paragraph, pieces, style);
        flow.gap(between);
    };
    paragraph(&mut flow, &[plain("Madame, Monsieur,")]);
    paragraph(&mut flow, &content.before);
    flow.gap(0.5 * between);
    flow.framed(content.what, content.secret, 24.0)?;
    flow.gap(1.5 * between);
    for pieces in &content.after {
        paragraph(&mut flow, pieces);
    }
    flow.gap(between);
    flow.text(Role::Heading, &[strong("Pour ouvrir votre espace sécurisé")], Style::new(size + 1.0, 1.3).petrol());
    flow.gap(0.5 * between);
    let steps: [&[Piece]; 3] = [
        &[plain("Rendez-vous à l'adresse "), given(&fund.site), plain(".")],
        &[plain("Appuyez sur "), strong("« Je crée mon espace sécurisé »"), plain(".")],
        &content.typing,
    ];
    for (index, pieces) in steps.into_iter().enumerate() {
        flow.step(index + 1, pieces, style);
        flow.gap(0.35 * between);
    }
    flow.gap(1.2 * between);
    paragraph(&mut flow, &content.astray);
    paragraph(&mut flow, &[plain("Nous vous prions d'agréer, Madame, Monsieur, l'expression de nos salutations distinguées.")]);
    flow.gap(between);
    let name = [Piece { text: clean(&fund.name), weight: Weight::SemiBold }];
    flow.text(Role::Paragraph, &name, style);
    Ok(flow)
}
