//! Pure data and rules that the browser and the server share. No database, no HTTP, no clock.

pub mod account;
pub mod bulk;
pub mod change;
pub mod change_words;
pub mod collation;
pub mod confirmation;
pub mod cookie;
pub mod disabled;
pub mod facets;
pub mod filter;
pub mod form_answer;
<<<<<<< src/main
pub mod help_line;
=======
pub mod found;
>>>>>>> a1753f0faa2e96a9f5970777d9b0ea42fc28c12f
pub mod hidden_columns;
#[cfg(test)]
mod isolation_tests;
pub mod listed_tokens;
pub mod listing;
pub mod moment;
pub mod obstacles;
pub mod packed;
pub mod packing;
pub mod page_content;
pub mod page_query;
pub mod portal;
pub mod project;
pub mod repository;
pub mod search;
pub mod snippets;
pub mod sort;
pub mod status_words;
pub mod stream_end;
pub mod text;
pub mod theme;
pub mod token;
pub mod token_details;
pub mod token_list;
pub mod token_name;
pub mod usage_words;
pub mod view;
pub mod words;
