//! `espace servir`: the portal itself, until it is told to stop.

use super::output::{Output, say, warn};
use super::stop::Stop;
use super::{demo, socket, words};
use crate::config::Loaded;
use crate::world::World;
use crate::{http, jobs};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// How long a command at work may go on once the pages have stopped.
const LAST: Duration = Duration::from_secs(10);

/// Serves until SIGTERM or Ctrl-C.
pub(super) async fn run(loaded: Loaded, with_demo: bool, output: &Output) -> Result<u8, Stop> {
    let Loaded { mut settings, fund, .. } = loaded;
    let listen = settings.listen;
    let failed = |error: std::io::Error| Stop::Failed(format!("L’adresse {listen} ne peut pas être écoutée : {error}."));
    let listener = TcpListener::bind(listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    settings.follow_port(address.port());

    let world = Arc::new(World::open(settings, fund).await?);
    for name in world.migrate().await? {
        say(format_args!("Schéma : {name} appliqué"));
    }
    let path = world.settings.socket();
    let door = socket::listen(&path).await?;
    if with_demo {
        load_demo(&world, output).await?;
    }
    announce(&world);

    let (sender, stop) = watch::channel(false);
    let mut work = jobs::start(&world, &stop);
    work.spawn(socket::serve(Arc::clone(&world), door, stop.clone()));
    tokio::spawn(async move {
        told_to_stop().await;
        tracing::info!("stopping");
        // Nobody listens any more when the portal has ended for another reason.
        let _ = sender.send(true);
    });
    say(format_args!("Écoute sur http://{address}"));
    let served = http::serve(Arc::clone(&world), listener, until(stop)).await;
    let _ = std::fs::remove_file(path);
    if tokio::time::timeout(LAST, async { while work.join_next().await.is_some() {} }).await.is_err() {
        tracing::warn!("a command was still at work; running it again completes it");
    }
    served.map(|()| 0).map_err(|error| Stop::Failed(format!("Le portail s’est arrêté : {error}.")))
}

async fn load_demo(world: &World, output: &Output) -> Result<(), Stop> {
    let progress = output.progress();
    let report = demo::load(world, &|done, total| progress.set(done, total)).await?;
    drop(progress);
    say(format_args!("{}\n", words::demo(&report)));
    Ok(())
}

/// What whoever starts the portal must know.
fn announce(world: &World) {
    let settings = &world.settings;
    if settings.development {
        say(format_args!("Développement : aucun courriel ne part, ils sont sur {}/dev/courriels", settings.public_url));
    } else if world.mailer.is_none() {
        warn(format_args!(
            "ATTENTION : aucun serveur de courriels n’est configuré (« smtp »). Les courriels, dont les liens d’activation, \
             attendent dans la boîte d’envoi."
        ));
    }
    if !settings.development && world.fund.demonstration {
        warn(format_args!("ATTENTION : la caisse n’est pas configurée ([caisse]) ; chaque page annonce une démonstration."));
    }
    say(format_args!("Adresse publique : {}", settings.public_url));
}

/// Resolves with the first SIGTERM or Ctrl-C.
async fn told_to_stop() {
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        tracing::error!("signals cannot be heard: the portal only stops when it is killed");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

async fn until(mut stop: watch::Receiver<bool>) {
    // A sender that is gone will never say it either.
    let _ = stop.wait_for(|stop| *stop).await;
}
