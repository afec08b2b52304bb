//! The components of a token's page.

pub mod actions;
pub mod facts;
pub mod history;
pub mod products;
pub mod pulls_plot;
pub mod test_token;
