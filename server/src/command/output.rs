//! What a command prints: an answer on the standard output, everything else on the error output.

use super::intention::Answer;
use super::stop::Stop;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Prints a line on the standard output. Whoever has stopped reading (`| head`) is no reason to fail, let alone to stop a portal.
pub(super) fn say(text: impl Display) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Prints a line on the error output.
pub(super) fn warn(text: impl Display) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// How this command talks.
#[derive(Debug)]
pub(super) struct Output {
    json: bool,
}

impl Output {
    pub(super) fn new(json: bool) -> Self {
        Self { json }
    }

    pub(super) fn is_json(&self) -> bool {
        self.json
    }

    /// Prints an answer.
    pub(super) fn answer(&self, answer: &Answer) {
        if self.json { say(&answer.json) } else { say(&answer.text) }
    }

    /// Prints why the command stops.
    pub(super) fn stop(&self, stop: &Stop) {
        if self.json {
            say(json!({ "error": stop.sentence() }));
        } else {
            warn(format_args!("espace : {}", stop.sentence()));
        }
    }

    /// A progress bar on a terminal, plain lines elsewhere, nothing beside JSON.
    pub(super) fn progress(&self) -> Progress {
        if self.json {
            Progress::Silent
        } else if std::io::stderr().is_terminal() {
            let bar = ProgressBar::new(0);
            if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} ({eta})") {
                bar.set_style(style);
            }
            Progress::Bar(bar)
        } else {
            Progress::Lines(AtomicUsize::new(0))
        }
    }
}

/// Where progress is shown.
#[derive(Debug)]
pub(super) enum Progress {
    Silent,
    Bar(ProgressBar),
    /// The last tenth that was told.
    Lines(AtomicUsize),
}

impl Progress {
    /// So many of so many are done.
    pub(super) fn set(&self, done: usize, total: usize) {
        match self {
            Self::Silent => {}
            Self::Bar(bar) => {
                bar.set_length(total as u64);
                bar.set_position(done as u64);
            }
            Self::Lines(told) => {
                let tenth = done * 10 / total.max(1);
                if told.fetch_max(tenth, Ordering::SeqCst) < tenth {
                    warn(format_args!("{done} / {total}"));
                }
            }
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}
