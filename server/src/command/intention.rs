//! What an operator wants of the database, whether the command opens it or a running portal has it open.

use super::data::{self, Erased};
use super::demo::{self, DemoReport};
use super::exchanges::{self, Exchanged, Exchanges};
use super::letter_desk::{self, Desk, Told};
use super::stop::Stop;
use crate::world::World;
use serde::{Deserialize, Serialize};
use services::alerts::AlertsReport;
use services::letters::LettersReport;
use services::members::MembersReport;
use services::{Opinions, PersonalData};
use store::MigrationState;

/// An order; the bytes of its file travel beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intention {
    /// Bring the schema up to date, or say what that would do.
    Migrate {
        /// Only say it.
        dry_run: bool,
    },
    /// Take in a members file.
    ImportMembers {
        /// Write the right lines although others are wrong.
        partial: bool,
    },
    /// Take in an alerts file.
    ImportAlerts {
        /// Write the right lines although others are wrong.
        partial: bool,
    },
    /// Make the letters of every site that waits for them.
    MakeLetters,
    /// Do something about letters that were made.
    Desk(Desk),
    /// Do something about what people wrote to the fund.
    Exchanges(Exchanges),
    /// Send the fund's message to every certified mobile (S23).
    Text,
    /// Remove the second factors of one account. The [`Lost`] person travels where others have a file: no address gets into a log.
    ClearFactors,
    /// Say what people think of the answers of the Questions-Réponses.
    Opinions,
    /// Load the demonstration.
    Demo,
    /// Take out everything that is keyed to a person; the address travels as the file.
    ExportPerson,
    /// Erase a person, or say what that would do; a [`super::data::Demand`] travels as the file.
    ErasePerson {
        /// Do it.
        sure: bool,
    },
}

/// A person who has lost their second factors, and why the fund believes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lost {
    /// The account's login.
    pub mail: String,
    /// Kept in the audit.
    pub motif: String,
}

/// What came of it. Codes and passwords of real people never appear here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Outcome {
    /// Of [`Intention::Migrate`].
    Migrated(Migrated),
    /// Of [`Intention::ImportMembers`].
    Members(MembersReport),
    /// Of [`Intention::ImportAlerts`].
    Alerts(AlertsReport),
    /// Of [`Intention::MakeLetters`].
    Letters(LettersReport),
    /// Of [`Intention::Desk`].
    Desk(Told),
    /// Of [`Intention::Exchanges`].
    Exchanges(Exchanged),
    /// Of [`Intention::Text`].
    Texted(Texted),
    /// Of [`Intention::ClearFactors`].
    Cleared(Cleared),
    /// Of [`Intention::Opinions`].
    Opinions(Vec<Opinions>),
    /// Of [`Intention::Demo`].
    Demo(DemoReport),
    /// Of [`Intention::ExportPerson`].
    Person(PersonalData),
    /// Of [`Intention::ErasePerson`].
    Erased(Erased),
}

/// An outcome, ready to print: for programs, for people, and for the exit code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// For `--json`.
    pub json: serde_json::Value,
    /// In French, perhaps several lines.
    pub text: String,
    /// Whether it was done.
    pub done: bool,
}

/// How many got a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Texted {
    /// Mobiles it goes to.
    pub mobiles: usize,
}

/// Whether second factors were removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Cleared {
    /// False when the address has no account with one.
    pub cleared: bool,
}

/// Longest message, in characters: three SMS with the fund's name before it.
const LONGEST: usize = 400;

/// What a migration did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Migrated {
    /// Scripts applied, or those that wait.
    pub scripts: Vec<String>,
    /// Whether they were applied.
    pub applied: bool,
    /// Scripts that are not this version's: nothing can be done.
    pub foreign: Vec<String>,
}

impl Outcome {
    /// The outcome as it travels and is printed.
    #[must_use]
    pub fn answer(&self) -> Answer {
        Answer { json: serde_json::to_value(self).unwrap_or_default(), text: super::words::text(self), done: self.is_done() }
    }

    /// Whether what was asked for was done: a file that was not written because of wrong lines was not.
    fn is_done(&self) -> bool {
        match self {
            Self::Migrated(migrated) => migrated.foreign.is_empty(),
            Self::Members(report) => report.refused.is_empty() || report.written,
            Self::Alerts(report) => report.refused.is_empty() || report.written,
            Self::Desk(told) => told.is_done(),
            Self::Exchanges(told) => told.is_done(),
            Self::Cleared(report) => report.cleared,
            Self::Erased(erased) => erased.done,
            Self::Letters(_) | Self::Texted(_) | Self::Opinions(_) | Self::Demo(_) | Self::Person(_) => true,
        }
    }
}

/// Does it.
///
/// # Errors
/// [`Stop`] with a sentence; what a file got wrong is in the outcome.
pub async fn perform(world: &World, intention: Intention, file: &[u8], progress: &(dyn Fn(usize, usize) + Sync)) -> Result<Outcome, Stop> {
    let services = &world.services;
    Ok(match intention {
        Intention::Migrate { dry_run: true } => Outcome::Migrated(pending(world).await?),
        Intention::Migrate { dry_run: false } => {
            Outcome::Migrated(Migrated { scripts: world.migrate().await?, applied: true, foreign: Vec::new() })
        }
        Intention::ImportMembers { partial } => Outcome::Members(services.import_members(file, partial, progress).await?),
        Intention::ImportAlerts { partial } => Outcome::Alerts(services.import_alerts(file, partial, progress).await?),
        Intention::MakeLetters => Outcome::Letters(services.make_letters(&*world.post, progress).await?),
        Intention::Desk(desk) => Outcome::Desk(letter_desk::perform(world, desk).await?),
        Intention::Exchanges(order) => Outcome::Exchanges(exchanges::perform(world, order, file, progress).await?),
        Intention::Text => Outcome::Texted(text(world, file).await?),
        Intention::ClearFactors => {
            let lost: Lost = serde_json::from_slice(file).map_err(|error| Stop::Failed(format!("Demande illisible ({error}).")))?;
            Outcome::Cleared(Cleared { cleared: services.clear_factors(&lost.mail, &lost.motif).await? })
        }
        Intention::Opinions => Outcome::Opinions(services.opinions().await?),
        Intention::Demo => Outcome::Demo(demo::load(world, progress).await?),
        Intention::ExportPerson => Outcome::Person(data::export(services, file).await?),
        Intention::ErasePerson { sure } => Outcome::Erased(data::erase(services, file, sure).await?),
    })
}

async fn text(world: &World, message: &[u8]) -> Result<Texted, Stop> {
    let message = String::from_utf8_lossy(message).split_whitespace().collect::<Vec<_>>().join(" ");
    if message.is_empty() || message.chars().count() > LONGEST {
        return Err(Stop::Failed(format!("Un message compte de 1 à {LONGEST} caractères : rien n’a été envoyé.")));
    }
    Ok(Texted { mobiles: world.services.text_certified(&message).await? })
}

async fn pending(world: &World) -> Result<Migrated, Stop> {
    let all = world.store.migrations().await?;
    let names = |states: &[MigrationState]| {
        all.iter().filter(|migration| states.contains(&migration.state)).map(|migration| migration.name.clone()).collect()
    };
    Ok(Migrated {
        scripts: names(&[MigrationState::Pending]),
        applied: false,
        foreign: names(&[MigrationState::Changed, MigrationState::Unknown]),
    })
}
