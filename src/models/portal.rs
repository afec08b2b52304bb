//! The data of every page of the portal: the vendor, the signed-in user, and this browser's preferences.

use serde::{Deserialize, Serialize};

use super::{help_line::HelpLine, hidden_columns::HiddenColumns, theme::Theme};

/// The portal's data. The server provides it as a context for each document; the browser reads it from the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Portal {
    pub vendor: String,
    /// The build that rendered the page: a server of another build is incompatible with its calls.
    pub build: String,
    /// Whether the vendor has a logo.
    pub has_logo: bool,
    /// The name of the signed-in user.
    pub user: Option<String>,
    /// The id of the signed-in user; empty if there is none.
    pub user_id: String,
    pub theme: Theme,
    pub hidden_columns: HiddenColumns,
    /// Whether the document is the response to a form post: it cannot be requested again with another theme.
    pub is_form_answer: bool,
    /// Whom to contact.
    pub help_line: HelpLine,
    /// The configured address of the portal; set on the sign-in page only.
    pub address: Option<String>,
    /// Whether the sign-in page was requested at another address.
    pub is_elsewhere: bool,
}
