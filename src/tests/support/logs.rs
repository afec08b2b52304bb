//! Records the logs of the server and of all its crates at the TRACE level.

use std::{
    io::{self, Write},
    sync::{
        Mutex, MutexGuard, Once, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use tracing_subscriber::{Layer, filter::dynamic_filter_fn, fmt, prelude::*};

static SUBSCRIBED: Once = Once::new();
static RECORDINGS: AtomicUsize = AtomicUsize::new(0);
static TEXT: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// While a value of this type exists, every log event of this process is recorded, from all threads.
pub struct Recording(());

/// Starts recording. Logs of tests that run in parallel are recorded too.
pub fn record() -> Recording {
    SUBSCRIBED.call_once(|| {
        let layer = fmt::layer().with_writer(|| Writer).with_ansi(false);
        let while_recording = dynamic_filter_fn(|_, _| RECORDINGS.load(Ordering::SeqCst) > 0);
        tracing_subscriber::registry().with(layer.with_filter(while_recording)).init();
    });
    RECORDINGS.fetch_add(1, Ordering::SeqCst);
    Recording(())
}

impl Recording {
    /// The log recorded so far.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&lock()).into_owned()
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        if RECORDINGS.fetch_sub(1, Ordering::SeqCst) == 1 {
            lock().clear();
        }
    }
}

fn lock() -> MutexGuard<'static, Vec<u8>> {
    TEXT.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Writer;

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        lock().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
