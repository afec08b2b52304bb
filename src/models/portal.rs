//! What every page of the portal knows: whose portal it is, who is signed in, and what this browser prefers.

use serde::{Deserialize, Serialize};

use super::{help_line::HelpLine, hidden_columns::HiddenColumns, theme::Theme};

/// The server provides it as a context for each document; the browser reads it from the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Portal {
    pub vendor: String,
    /// The build that made the page: a server of another one does not understand its calls.
    pub build: String,
    /// Whether the vendor has a logo.
    pub has_logo: bool,
    /// The name of whoever is signed in.
    pub user: Option<String>,
    pub theme: Theme,
    pub hidden_columns: HiddenColumns,
    /// Whether the document is the answer to a form: it cannot be asked for again in another theme.
    pub is_form_answer: bool,
    /// Whom to ask.
    pub help_line: HelpLine,
    /// The configured address of the portal; told on the sign-in page only.
    pub address: Option<String>,
    /// Whether that page was asked for at another one.
    pub is_elsewhere: bool,
}
