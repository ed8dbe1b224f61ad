//! Brings the lists of beneficiaries up to what was changed, and to the day.

use crate::world::World;
use services::Fault;

/// Settles what is due, until nothing more is.
pub(super) async fn run(world: &World) -> Result<(), Fault> {
    while world.services.settle_lists().await? > 0 {}
    Ok(())
}
