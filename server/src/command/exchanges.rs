//! What the fund's staff does about what people wrote, until the fund's desk exists: list, read, answer, take out.
//!
//! Paths travel, files do not: whoever has the database opens what is attached and writes what is taken out.

mod args;
mod attach;
mod export;

pub(super) use args::Action;
pub use export::Exported;

use super::stop::Stop;
use crate::world::World;
use domain::contact::{ExchangeState, Reference};
use serde::{Deserialize, Serialize};
use services::contact::{AnswerProblem, FundAnswer, FundAnswered, FundExchange, FundLine, Seen};
use std::path::PathBuf;

/// An order about exchanges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exchanges {
    /// Say which came in, the newest first.
    List {
        /// Only those that have come so far.
        state: Option<ExchangeState>,
    },
    /// Show one whole, and note that the fund has read it.
    Read {
        /// Which.
        reference: Reference,
    },
    /// Answer one. The [`Reply`] travels where others have a file: nothing of it gets into a log, and it has room there.
    Answer {
        /// Which.
        reference: Reference,
    },
    /// Write one with its files into a folder; it is not noted as read.
    Export {
        /// Which.
        reference: Reference,
        /// Where its own folder is made; absolute.
        folder: PathBuf,
    },
}

/// An answer to be, as it travels.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Reply {
    /// Who answers.
    pub(super) by: String,
    /// What.
    pub(super) text: String,
    /// What goes with it; absolute.
    pub(super) files: Vec<PathBuf>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Exchanged {
    /// Of [`Exchanges::List`].
    List(Vec<FundLine>),
    /// Of [`Exchanges::Read`].
    Read(Box<FundExchange>),
    /// Of [`Exchanges::Answer`].
    Answered(FundAnswered),
    /// Of [`Exchanges::Export`].
    Exported(Exported),
    /// Of the last three, when nothing was done.
    Hindered(Hindered),
}

/// Why nothing was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hindered {
    /// The reference that was asked for.
    pub reference: Reference,
    /// The reason.
    pub problem: AnswerProblem,
}

impl Exchanged {
    /// Whether it was done.
    pub(super) fn is_done(&self) -> bool {
        !matches!(self, Self::Hindered(_))
    }
}

/// Does it.
///
/// # Errors
/// [`Stop`]: an answer that cannot be read, a file that cannot be opened, a folder that cannot be written, a stored file that is not
/// what was stored.
pub(super) async fn perform(
    world: &World,
    order: Exchanges,
    file: &[u8],
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Exchanged, Stop> {
    let services = &world.services;
    Ok(match order {
        Exchanges::List { state } => Exchanged::List(services.list_for_fund(state).await?),
        Exchanges::Read { reference } => match services.read_for_fund(&reference, Seen::Opened).await? {
            Some(exchange) => Exchanged::Read(Box::new(exchange)),
            None => unknown(reference),
        },
        Exchanges::Answer { reference } => answer(world, reference, file).await?,
        Exchanges::Export { reference, folder } => match services.read_for_fund(&reference, Seen::TakenOut).await? {
            Some(exchange) => Exchanged::Exported(export::write(&*world.files.vault, &exchange, &folder, progress).await?),
            None => unknown(reference),
        },
    })
}

async fn answer(world: &World, reference: Reference, reply: &[u8]) -> Result<Exchanged, Stop> {
    let Reply { by, text, files } = serde_json::from_slice(reply).map_err(|error| Stop::Failed(format!("Demande illisible ({error}).")))?;
    let attachments = attach::open(&files).await?;
    let answer = FundAnswer { by: &by, text: &text };
    let answered = world.services.answer_for_fund(&world.files, &reference, answer, attachments).await?;
    Ok(match answered {
        Ok(answered) => Exchanged::Answered(answered),
        Err(problem) => Exchanged::Hindered(Hindered { reference, problem }),
    })
}

fn unknown(reference: Reference) -> Exchanged {
    Exchanged::Hindered(Hindered { reference, problem: AnswerProblem::Unknown })
}

#[cfg(test)]
mod tests;
