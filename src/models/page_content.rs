//! What the server answers for a page.

use serde::{Deserialize, Serialize};

use super::{listing::FirstRows, project::ProjectSummary, token_details::TokenDetails};

/// What a page shows, by its kind. One type for all of them: each type that a browser loads costs it some 3 kB of code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageContent {
    /// My Projects.
    Projects(Vec<ProjectSummary>),
    /// A project's Registry Tokens.
    Tokens(Box<FirstRows>),
    /// One token in full.
    Token(Box<TokenDetails>),
}

/// Which page of its kind it is: the key of the project and the name of the token, or empty texts.
pub type PageParams = [String; 2];

impl PageContent {
    /// Of the page that it is the content of.
    pub fn params(&self) -> PageParams {
        match self {
            Self::Projects(_) => PageParams::default(),
            Self::Tokens(rows) => [rows.listing.project.key.clone(), String::new()],
            Self::Token(details) => [details.project.key.clone(), details.token.name.clone()],
        }
    }
}
