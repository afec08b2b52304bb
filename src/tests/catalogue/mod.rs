//! Importing a catalogue.

mod errors;
mod import;
mod preview;
