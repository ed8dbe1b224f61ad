//! What a running portal does on its own. Each job can run twice at once without harm, logs a failure once and goes on.

mod alarms;
mod lists;
mod outbox;
mod purge;

use crate::world::World;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Starts every job; they end when `stop` turns true.
#[must_use]
pub fn start(world: &Arc<World>, stop: &watch::Receiver<bool>) -> JoinSet<()> {
    let mut jobs = JoinSet::new();
    let pause = if world.settings.development { Duration::from_millis(250) } else { Duration::from_secs(2) };
    let sending = Arc::clone(world);
    jobs.spawn(repeat("outbox", pause, stop.clone(), move || {
        let world = Arc::clone(&sending);
        async move { outbox::run(&world).await }
    }));
    let reminding = Arc::clone(world);
    jobs.spawn(repeat("reminders", Duration::from_hours(1), stop.clone(), move || {
        let world = Arc::clone(&reminding);
        async move {
            world.services.remind_certifications().await?;
            world.services.remind_ends().await.map(drop)
        }
    }));
    let watching = Arc::clone(world);
    jobs.spawn(repeat("alarms", Duration::from_secs(30), stop.clone(), move || {
        let world = Arc::clone(&watching);
        async move { alarms::run(&world).await }
    }));
    let listing = Arc::clone(world);
    jobs.spawn(repeat("lists", Duration::from_mins(1), stop.clone(), move || {
        let world = Arc::clone(&listing);
        async move { lists::run(&world).await }
    }));
    let collecting = Arc::clone(world);
    jobs.spawn(repeat("files", Duration::from_hours(4), stop.clone(), move || {
        let world = Arc::clone(&collecting);
        async move { purge::files(&world).await }
    }));
    let world = Arc::clone(world);
    jobs.spawn(repeat("purge", Duration::from_mins(10), stop.clone(), move || {
        let world = Arc::clone(&world);
        async move { purge::run(&world).await }
    }));
    jobs
}

/// Runs `work`, pauses, and again. A failure is logged when it begins, not each time it lasts.
async fn repeat<F, E>(name: &'static str, pause: Duration, mut stop: watch::Receiver<bool>, work: impl Fn() -> F + Send)
where
    F: Future<Output = Result<(), E>> + Send,
    E: std::fmt::Display + Send,
{
    let mut trouble: Option<String> = None;
    while !*stop.borrow() {
        match work().await {
            Ok(()) => {
                if trouble.take().is_some() {
                    tracing::info!(job = name, "works again");
                }
            }
            Err(error) => {
                let reason = error.to_string();
                if trouble.as_ref() != Some(&reason) {
                    tracing::error!(job = name, reason, "failed; it is tried again");
                    trouble = Some(reason);
                }
            }
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            ended = stop.changed() => if ended.is_err() { return },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test]
    async fn a_job_goes_on_after_failures_and_ends_when_told() {
        let (sender, stop) = watch::channel(false);
        let runs = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&runs);
        let job = tokio::spawn(repeat("test", Duration::from_millis(1), stop, move || {
            let run = counted.fetch_add(1, Ordering::SeqCst);
            async move { if run < 3 { Err("broken") } else { Ok(()) } }
        }));
        while runs.load(Ordering::SeqCst) < 5 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        sender.send(true).unwrap();
        tokio::time::timeout(Duration::from_secs(5), job).await.expect("it ends").unwrap();
    }
}
