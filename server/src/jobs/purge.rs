//! Ends what time has ended: sessions, links, counters, messages, the journal, accounts that were never activated.

use crate::world::World;
use services::Fault;

/// One run.
pub(super) async fn run(world: &World) -> Result<(), Fault> {
    for purged in world.services.purge().await? {
        tracing::info!(table = purged.table, which = purged.which, rows = purged.rows, "purged");
    }
    Ok(())
}

/// Removes files that no row knows.
pub(super) async fn files(world: &World) -> Result<(), Fault> {
    let files = world.services.collect_files(&world.files).await?;
    if files > 0 {
        tracing::info!(files, "files nobody knows of were removed");
    }
    Ok(())
}
