//! What the fund's staff wants of letters that were made.

use super::stop::Stop;
use crate::world::World;
use domain::id::LetterId;
use domain::sites::siret::Siret;
use serde::{Deserialize, Serialize};
use services::letter_desk::{BatchesReport, LettersList, PostedReport, ReprintReport, SuspendedReport, VoidedReport, WantedReport};

/// An order about letters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Desk {
    /// Say which batches there are, and where their letters stand.
    ListBatches,
    /// Say which letters a batch has.
    ListBatch {
        /// Its name.
        batch: String,
    },
    /// Say which letters a site had, and what happened about them.
    ListSite {
        /// Its SIRET.
        siret: Siret,
    },
    /// Note that a batch was posted.
    PostBatch {
        /// Its name.
        batch: String,
    },
    /// Note that one pair of letters was posted.
    PostLetter {
        /// The reference on both letters.
        letter: LetterId,
    },
    /// Take a pair of letters back.
    Void {
        /// The reference on both letters.
        letter: LetterId,
        /// Why; kept.
        reason: String,
    },
    /// Say where a pair of letters can be printed again.
    Reprint {
        /// The reference on both letters.
        letter: LetterId,
    },
    /// Put a site in line for new letters.
    Want {
        /// Its SIRET.
        siret: Siret,
    },
    /// Make no letters for a site until told otherwise.
    Suspend {
        /// Its SIRET.
        siret: Siret,
        /// Why; kept.
        reason: String,
    },
    /// Make letters for a site again when it asks.
    Resume {
        /// Its SIRET.
        siret: Siret,
    },
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Told {
    /// Of [`Desk::ListBatches`].
    Batches(BatchesReport),
    /// Of [`Desk::ListBatch`] and [`Desk::ListSite`].
    List(LettersList),
    /// Of [`Desk::PostBatch`] and [`Desk::PostLetter`].
    Posted(PostedReport),
    /// Of [`Desk::Void`].
    Voided(VoidedReport),
    /// Of [`Desk::Reprint`].
    Reprint(ReprintReport),
    /// Of [`Desk::Want`].
    Wanted(WantedReport),
    /// Of [`Desk::Suspend`] and [`Desk::Resume`].
    Suspended(SuspendedReport),
}

impl Told {
    /// Whether it was done.
    pub(super) fn is_done(&self) -> bool {
        let hindrance = match self {
            Self::Batches(_) => None,
            Self::List(list) => list.hindrance,
            Self::Posted(report) => report.hindrance,
            Self::Voided(report) => report.hindrance,
            Self::Reprint(report) => report.hindrance,
            Self::Wanted(report) => report.hindrance,
            Self::Suspended(report) => report.hindrance,
        };
        hindrance.is_none()
    }
}

/// Does it.
pub(super) async fn perform(world: &World, desk: Desk) -> Result<Told, Stop> {
    let (services, post) = (&world.services, &*world.post);
    Ok(match desk {
        Desk::ListBatches => Told::Batches(services.list_batches().await?),
        Desk::ListBatch { batch } => Told::List(services.list_batch(&batch).await?),
        Desk::ListSite { siret } => Told::List(services.list_site_letters(&siret).await?),
        Desk::PostBatch { batch } => Told::Posted(services.post_batch(post, &batch).await?),
        Desk::PostLetter { letter } => Told::Posted(services.post_letter(post, &letter).await?),
        Desk::Void { letter, reason } => Told::Voided(services.void_letter(post, &letter, &reason).await?),
        Desk::Reprint { letter } => Told::Reprint(services.reprint_letter(post, &letter).await?),
        Desk::Want { siret } => Told::Wanted(services.ask_new_letters(&siret).await?),
        Desk::Suspend { siret, reason } => Told::Suspended(services.suspend_letters(&siret, &reason).await?),
        Desk::Resume { siret } => Told::Suspended(services.resume_letters(&siret).await?),
    })
}
