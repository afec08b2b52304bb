//! What the pages are made of, one component a file. [`tokens_island`] is the part that lives in the browser.

pub mod attention;
pub mod confirm_dialog;
pub mod copy_field;
pub mod delete_dialog;
pub mod generate_dialog;
pub mod icon;
pub mod modal;
pub mod notice;
pub mod pause_dialogs;
pub mod regenerate_dialog;
pub mod resync_dialog;
pub mod secret_reveal_once;
pub mod snippets;
pub mod token_filters;
pub mod token_row;
pub mod token_table;
pub mod tokens_island;
pub mod usage;
