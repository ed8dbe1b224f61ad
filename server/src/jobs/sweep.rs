//! Removes what has expired: sessions, links, counters.

use crate::world::World;
use services::Fault;

/// One sweep.
pub(super) async fn run(world: &World) -> Result<(), Fault> {
    world.services.sweep().await
}
