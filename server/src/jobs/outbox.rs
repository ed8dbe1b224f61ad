//! Looks at demands and sends the messages that wait.

use crate::world::World;
use services::Fault;

/// Deals with what is due, until nothing more is.
pub(super) async fn run(world: &World) -> Result<(), Fault> {
    let _turn = world.outbox_turn.lock().await;
    while world.services.deliver_due(world.outlets()).await? > 0 {}
    Ok(())
}
