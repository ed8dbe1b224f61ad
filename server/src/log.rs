//! The log: every event is one line of bounded length, whatever the values in it hold. What strangers send ends up in it (an address,
//! a report of a browser, the answer of another machine), and must neither forge a line, nor steer the terminal of whoever reads it,
//! nor fill the disk.

use crate::config::LogFormat;
use serde_json::Value;
use std::fmt::Write as _;
use std::io::{self, Write};
use tracing::Dispatch;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// Longest line, its end included, in bytes.
pub const LINE: usize = 4096;
/// Room for the colours of a line, in bytes.
const COLOURS: usize = 24;
/// What stands where something was cut off.
const CUT: char = '…';
/// Instead of a line that cannot be made shorter.
const LEFT_OUT: &str = r#"{"level":"ERROR","fields":{"message":"a line of the log was left out: it cannot be cut"}}"#;

/// Takes in events and writes them to `writer`, one line each, at most [`LINE`] bytes.
pub fn dispatch<W>(format: LogFormat, filter: EnvFilter, colors: bool, writer: W) -> Dispatch
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let writer = Lines { inner: writer, format, colors };
    // The formatter lets values bring colours of their own: ours are put on afterwards.
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer).with_ansi(false);
    match format {
        LogFormat::Text => log.into(),
        LogFormat::Json => log.json().into(),
    }
}

/// From now on a panic is an event like any other: the hook it replaces writes several lines, and the message as it is.
pub fn hear_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(reason = panic.payload_as_str().unwrap_or("?"), place, "panicked");
    }));
}

/// Makes a [`Line`] for each event.
struct Lines<W> {
    inner: W,
    format: LogFormat,
    colors: bool,
}

impl<'a, W: MakeWriter<'a>> MakeWriter<'a> for Lines<W> {
    type Writer = Line<W::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        Line { inner: self.inner.make_writer(), format: self.format, colors: self.colors }
    }
}

/// Writes one event, which the formatter hands over in one piece.
struct Line<W> {
    inner: W,
    format: LogFormat,
    colors: bool,
}

impl<W: Write> Write for Line<W> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        let text = text.trim_end_matches('\n');
        let mut line = match self.format {
            LogFormat::Text if self.colors => coloured(&text_line(text)),
            LogFormat::Text => text_line(text),
            LogFormat::Json => json_line(text),
        };
        line.push('\n');
        self.inner.write_all(line.as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Whether a character does something to the text around it instead of standing in it.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

fn text_line(text: &str) -> String {
    let most = LINE - 1 - CUT.len_utf8() - COLOURS;
    let mut line = String::with_capacity(text.len().min(LINE));
    for c in text.chars() {
        let shown = if is_unseen(c) { c.escape_default().to_string() } else { c.to_string() };
        if line.len() + shown.len() > most {
            line.push(CUT);
            break;
        }
        line.push_str(&shown);
    }
    line
}

/// The level, which follows the time, in its colour.
fn coloured(line: &str) -> String {
    let Some((time, rest)) = line.split_once(char::is_whitespace) else { return line.to_owned() };
    let rest = rest.trim_start();
    let (level, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let colour = match level {
        "ERROR" => 31,
        "WARN" => 33,
        "INFO" => 32,
        _ => 34,
    };
    format!("\u{1b}[2m{time}\u{1b}[0m \u{1b}[{colour}m{level:>5}\u{1b}[0m {rest}")
}

fn json_line(text: &str) -> String {
    let line = escaped(text);
    if line.len() < LINE { line } else { shortened(text) }
}

/// JSON in which nothing unseen stands as itself: such characters occur within its strings only.
fn escaped(json: &str) -> String {
    let mut line = String::with_capacity(json.len());
    for c in json.chars() {
        if is_unseen(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a text cannot fail.
                let _ = write!(line, "\\u{unit:04x}");
            }
        } else {
            line.push(c);
        }
    }
    line
}

/// The same object with its texts cut until it fits.
fn shortened(json: &str) -> String {
    let Ok(mut whole) = serde_json::from_str::<Value>(json) else { return LEFT_OUT.to_owned() };
    for most in [2048, 1024, 512, 256, 128, 64, 32] {
        cut(&mut whole, most);
        let line = escaped(&whole.to_string());
        if line.len() < LINE {
            return line;
        }
    }
    LEFT_OUT.to_owned()
}

/// Cuts every text in a value to so many characters.
fn cut(value: &mut Value, most: usize) {
    match value {
        Value::String(text) => {
            if let Some((end, _)) = text.char_indices().nth(most) {
                text.truncate(end);
                text.push(CUT);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| cut(value, most)),
        Value::Object(fields) => fields.values_mut().for_each(|value| cut(value, most)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
