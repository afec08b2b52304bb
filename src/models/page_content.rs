//! The content that the server returns for a page.

use serde::{Deserialize, Serialize};

use super::{listing::FirstRows, project::ProjectSummary, token_details::TokenDetails};

/// The content of a page, by kind. One type for all pages: each type that the browser loads costs some 3 kB of WASM.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageContent {
    /// My Projects.
    Projects(Vec<ProjectSummary>),
    /// A project's Registry Tokens.
    Tokens(Box<FirstRows>),
    /// The details of one token.
    Token(Box<TokenDetails>),
}

/// The page's route parameters in lower case: the key of the project and the name of the token, or empty texts.
pub type PageParams = [String; 2];

/// The parameters of the page with this key and name, which are found in any case.
pub fn page_params(key: &str, name: &str) -> PageParams {
    [key, name].map(str::to_ascii_lowercase)
}

impl PageContent {
    /// The route parameters of the page that this content belongs to.
    pub fn params(&self) -> PageParams {
        match self {
            Self::Projects(_) => PageParams::default(),
            Self::Tokens(rows) => page_params(&rows.listing.project.key, ""),
            Self::Token(details) => page_params(&details.project.key, &details.token.name),
        }
    }
}
