//! The dialogs of a project's page.

pub mod change;
mod change_work;
pub mod confirm;
pub mod generate;
pub mod host;
pub mod regenerate;
pub mod secret_reveal_once;
pub mod type_choice;
pub mod typed_field;
