//! Components and helpers that every feature uses.

pub mod alert;
pub mod copy_field;
pub mod date_time;
pub mod effect;
pub mod field;
pub mod help_line;
pub mod hydrated;
pub mod icon;
pub mod modal;
pub mod notifications;
pub mod popup;
pub mod scope;
pub mod show_error;
pub mod skeleton;
pub mod status_badge;
pub mod text;
