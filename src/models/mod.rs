//! Pure data and rules that the browser and the server share. No database, no HTTP, no clock.

pub mod account;
pub mod bulk;
pub mod disabled;
pub mod facets;
pub mod filter;
pub mod form_answer;
pub mod hidden_columns;
pub mod listed_tokens;
pub mod listing;
pub mod moment;
pub mod packed;
pub mod page_query;
pub mod portal;
pub mod project;
pub mod snippets;
pub mod sort;
pub mod text;
pub mod theme;
pub mod token;
pub mod token_details;
pub mod token_list;
pub mod token_name;
pub mod view;
pub mod words;
