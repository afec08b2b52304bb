//! The help line that the operator configures: whom to contact.

use serde::{Deserialize, Serialize};

/// A line of text with an optional link. Empty if none is configured.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpLine {
    /// The text, up to the link.
    pub text: String,
    /// The link to an e-mail address or a web page, with the text after it.
    pub link: Option<HelpLink>,
}

/// The link in a help line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpLink {
    pub text: String,
    /// `mailto:` or `https://`.
    pub href: String,
    /// The text after the link.
    pub after: String,
}
