//! The components of the pages, grouped by feature.

pub mod common;
pub mod dialogs;
pub mod layout;
pub mod open_dialog;
pub mod project;
pub mod snippets;
pub mod token;
pub mod tokens;
