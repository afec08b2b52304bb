//! The parts of a token's own page.

pub mod actions;
pub mod facts;
pub mod history;
pub mod products;
pub mod pulls_plot;
pub mod test_token;
