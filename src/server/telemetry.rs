//! The log: one line per event on standard error, with dotted field names. It never contains a secret, a form's body or a
//! user's e-mail.

use std::{
    backtrace::{Backtrace, BacktraceStatus},
    ffi::OsString,
    io::{IsTerminal, Write},
    panic::Location,
};

use tracing::Subscriber;
use tracing_subscriber::{
    EnvFilter, Layer,
    fmt::{self, MakeWriter},
    prelude::*,
    registry::LookupSpan,
};

use super::config::setting::LogFormat;

/// Starts logging at `level`; `RUST_LOG` overrides it with finer filters.
pub fn start(level: &str, format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| filter(level));
    let has_colours = has_colours(std::io::stderr().is_terminal(), |name| std::env::var_os(name));
    let layer = layer(format, has_colours, move || OneLine { writer: std::io::stderr(), has_colours });
    // In tests, a second start has no effect.
    let _ = tracing_subscriber::registry().with(filter).with(layer).try_init();
}

/// Logs each panic as an event, so that a JSON log contains nothing but JSON. Replaces the hook of the standard library, which
/// writes plain text. With `RUST_BACKTRACE=1` the event has the stack trace, too.
pub fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let backtrace = Backtrace::capture();
        let stacktrace = (backtrace.status() == BacktraceStatus::Captured).then(|| backtrace.to_string());
        let place = panic.location();
        tracing::error!(
            exception.message = panic.payload_as_str().unwrap_or("not a text"),
            exception.stacktrace = stacktrace,
            code.file.path = place.map(Location::file),
            code.line.number = place.map(Location::line),
            thread.name = std::thread::current().name(),
            "panic"
        );
    }));
}

/// Whether to colour lines: on a terminal that supports it, unless `NO_COLOR` (no-color.org) is not empty.
fn has_colours(is_terminal: bool, variable: impl Fn(&str) -> Option<OsString>) -> bool {
    is_terminal && variable("NO_COLOR").is_none_or(|value| value.is_empty()) && variable("TERM").is_none_or(|term| term != "dumb")
}

fn layer<S, W>(format: LogFormat, has_colours: bool, writer: W) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'s> LookupSpan<'s>,
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let layer = fmt::layer().with_writer(writer).with_target(false).with_ansi(has_colours);
    match format {
        LogFormat::Text => layer.boxed(),
        LogFormat::Json => layer.json().flatten_event(true).with_current_span(false).with_span_list(false).boxed(),
    }
}

/// Writes each event as one line. It escapes line breaks and other control characters, for example in an error's text; on a
/// terminal with colours it keeps escape codes.
struct OneLine<W> {
    writer: W,
    has_colours: bool,
}

impl<W: Write> Write for OneLine<W> {
    /// The subscriber calls this once per event.
    fn write(&mut self, event: &[u8]) -> std::io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        let (text, end) = text.strip_suffix('\n').map_or((&*text, ""), |text| (text, "\n"));
        let mut line = String::with_capacity(event.len());
        for c in text.chars() {
            match c {
                '\u{1b}' if self.has_colours => line.push(c),
                '\n' => line.push_str("\\n"),
                // The same form as in JSON.
                c if c.is_control() => line.push_str(&format!("\\u{:04x}", u32::from(c))),
                c => line.push(c),
            }
        }
        line.push_str(end);
        self.writer.write_all(line.as_bytes()).map(|()| event.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.writer.flush()
    }
}

/// The filter for `level`. PostgreSQL's own notices are logged from `warn` up: at every start it reports that the tables
/// already exist, and a command must print only one line on standard error.
fn filter(level: &str) -> EnvFilter {
    let notices = if level == "error" { "error" } else { "warn" };
    EnvFilter::new(format!("{level},sqlx::postgres::notice={notices}"))
}

#[cfg(test)]
mod tests {
    use tracing_subscriber::{fmt, prelude::*};

    use super::{LogFormat, filter, has_colours, layer};

    #[test]
    fn of_what_postgresql_says_by_itself_only_warnings_are_told() {
        for (level, told) in [("info", "warned said"), ("debug", "warned said"), ("warn", "warned"), ("error", "")] {
            let (reader, writer) = std::io::pipe().expect("a pipe");
            let layer =
                fmt::layer().with_writer(std::sync::Mutex::new(writer)).without_time().with_level(false).with_target(false);
            tracing::subscriber::with_default(tracing_subscriber::registry().with(filter(level)).with(layer), || {
                tracing::info!(target: "sqlx::postgres::notice", "noticed");
                tracing::warn!(target: "sqlx::postgres::notice", "warned");
                tracing::info!("said");
            });
            let said = std::io::read_to_string(reader).expect("what was said");
            assert_eq!(said.split_whitespace().collect::<Vec<_>>().join(" "), told, "{level}");
        }
    }

    /// The output of one event.
    fn written(format: LogFormat, has_colours: bool) -> String {
        written_by(format, has_colours, || {
            let cause = "first line\nsecond \u{1b}[31mline\r";
            tracing::warn!(token.id = "a \"b\"", client.program = "x\n\u{1b}[2J", pulls = 7, error = %cause, "registry.refused");
        })
    }

    /// The output of the events of `act`.
    fn written_by(format: LogFormat, has_colours: bool, act: impl FnOnce()) -> String {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        let writer = std::sync::Mutex::new(super::OneLine { writer, has_colours });
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer(format, has_colours, writer)), act);
        std::io::read_to_string(reader).expect("what was written")
    }

    #[test]
    fn a_line_in_a_file_has_no_escape_codes() {
        for format in [LogFormat::Text, LogFormat::Json] {
            let line = written(format, false);
            assert_eq!(line.matches('\n').count(), 1, "{line:?}");
            assert!(line.ends_with('\n') && !line.trim_end().contains(char::is_control), "{line:?}");
        }
        assert!(written(LogFormat::Text, true).contains("\u{1b}["));
    }

    #[test]
    fn fields_can_be_searched() {
        let text = written(LogFormat::Text, false);
        for part in
            [" WARN registry.refused ", r#"token.id="a \"b\"""#, " pulls=7", r" error=first line\nsecond \u001b[31mline\u000d"]
        {
            assert!(text.contains(part), "{part} in {text}");
        }
        let json: serde_json::Value = serde_json::from_str(&written(LogFormat::Json, false)).expect("JSON");
        assert_eq!((&json["level"], &json["message"]), (&"WARN".into(), &"registry.refused".into()));
        assert_eq!((&json["token.id"], &json["pulls"]), (&"a \"b\"".into(), &7.into()));
        assert!(json["timestamp"].is_string() && json["error"].is_string(), "{json}");
    }

    #[test]
    fn a_panic_is_an_event() {
        let written = written_by(LogFormat::Json, false, || {
            let before = std::panic::take_hook();
            super::log_panics();
            let outcome = std::panic::catch_unwind(|| panic!("first line\nsecond line"));
            std::panic::set_hook(before);
            outcome.expect_err("it panics");
        });
        assert_eq!(written.matches('\n').count(), 1, "{written}");
        let json: serde_json::Value = serde_json::from_str(&written).expect("JSON");
        assert_eq!((&json["level"], &json["message"]), (&"ERROR".into(), &"panic".into()));
        assert_eq!(json["exception.message"], "first line\nsecond line");
        assert_eq!(json["code.file.path"], file!());
        assert!(json["code.line.number"].is_u64(), "{json}");
    }

    #[test]
    fn colours_are_for_terminals() {
        for (is_terminal, variables, expected) in [
            (true, &[][..], true),
            (false, &[], false),
            (true, &[("NO_COLOR", "1")], false),
            (true, &[("NO_COLOR", "")], true),
            (true, &[("TERM", "dumb")], false),
            (true, &[("TERM", "xterm-256color")], true),
            (false, &[("TERM", "xterm-256color")], false),
        ] {
            let variable = |asked: &str| variables.iter().find(|(name, _)| *name == asked).map(|(_, value)| (*value).into());
            assert_eq!(has_colours(is_terminal, variable), expected, "{variables:?}");
        }
    }
}
