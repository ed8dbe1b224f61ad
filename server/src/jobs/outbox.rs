//! Sends the mails that wait.

use crate::world::World;
use services::Fault;
use services::ports::Mailer;

/// Sends what is due, until nothing more leaves.
pub(super) async fn run(world: &World, mailer: &dyn Mailer) -> Result<(), Fault> {
    let _turn = world.outbox_turn.lock().await;
    while world.services.deliver_due(mailer).await? > 0 {}
    Ok(())
}
