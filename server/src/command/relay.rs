//! Getting an intention done: by the portal that is running, or here.

use super::intention::{Answer, Intention, perform};
use super::output::Output;
use super::socket;
use super::stop::Stop;
use crate::config::Loaded;
use crate::world::World;
use domain::text::grouped;
use std::path::Path;
use store::{Address, MigrationState};

/// Reads the file a command is given.
pub(super) fn read_file(path: &Path) -> Result<Vec<u8>, Stop> {
    let shown = path.display();
    let wrong = |error: std::io::Error| Stop::Usage(format!("Le fichier {shown} ne se lit pas : {error}."));
    let size = std::fs::metadata(path).map_err(wrong)?.len();
    if size > socket::MOST as u64 {
        let most = grouped(socket::MOST / 1024 / 1024);
        return Err(Stop::Usage(format!("Le fichier {shown} dépasse {most} Mio : coupez-le en plusieurs.")));
    }
    std::fs::read(path).map_err(wrong)
}

/// Asks the running portal; opens the database here when nobody answers.
pub(super) async fn run(loaded: Loaded, intention: Intention, file: Vec<u8>, output: &Output) -> Result<Answer, Stop> {
    let progress = output.progress();
    let show = |done, total| progress.set(done, total);
    if let Some(answer) = socket::ask(&loaded.settings.socket(), intention.clone(), &file, &show).await? {
        return Ok(answer);
    }
    if loaded.settings.database == Address::Memory {
        return Err(Stop::Failed(format!(
            "La base mem:// vit dans le portail en marche, et aucun ne répond sur {}.",
            loaded.settings.socket().display()
        )));
    }
    let world = World::open(loaded.settings, loaded.fund).await?;
    if !matches!(intention, Intention::Migrate { .. }) {
        prepare(&world).await?;
    }
    Ok(perform(&world, intention, &file, &show).await?.answer())
}

/// A new database gets its schema; one of an older version waits for whoever decides.
async fn prepare(world: &World) -> Result<(), Stop> {
    let all = world.store.migrations().await?;
    if all.iter().all(|migration| migration.state == MigrationState::Pending) {
        world.migrate().await?;
    } else if all.iter().any(|migration| migration.state != MigrationState::Applied) {
        return Err(Stop::Failed("Le schéma de la base n’est pas celui de cette version : lancez d’abord « espace migrer ».".into()));
    }
    Ok(())
}
