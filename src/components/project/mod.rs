//! A project: its card on My Projects, its details above its tokens.

pub mod card;
pub mod details;
