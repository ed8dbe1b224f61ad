//! Looks over all counters together.

use crate::world::World;
use services::Fault;

/// One look.
pub(super) async fn run(world: &World) -> Result<(), Fault> {
    for alarm in world.services.raise_alarms(&world.settings.alarms_to).await? {
        tracing::error!(alarm = ?alarm.watch, number = alarm.number, "alarm");
    }
    Ok(())
}
