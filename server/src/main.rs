//! `espace`, the portal's binary: everything it does is in the library.

use clap::Parser;
use server::command::{self, Cli};
use std::process::ExitCode;
use std::time::Duration;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The database engine's parser and planner recurse deeply; the usual 2 MiB are not enough.
const STACK: usize = 10 * 1024 * 1024;
/// How long blocking work may go on after everything else has stopped.
const LAST: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("espace : l’exécuteur ne démarre pas : {error}");
            return ExitCode::FAILURE;
        }
    };
    // On a worker, because the main thread's stack is the system's to choose.
    let code = runtime.block_on(async { tokio::spawn(command::run(cli)).await });
    runtime.shutdown_timeout(LAST);
    code.map_or(ExitCode::FAILURE, ExitCode::from)
}
