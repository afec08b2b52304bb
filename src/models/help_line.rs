//! The operator's line that says whom to ask.

use serde::{Deserialize, Serialize};

/// A line of text, with a link in it or without. Empty where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpLine {
    /// The text, up to the link.
    pub text: String,
    /// An e-mail address or an address of the web, and what stands behind it.
    pub link: Option<HelpLink>,
}

/// A part of the line that leads somewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpLink {
    pub text: String,
    /// `mailto:` or `https://`.
    pub href: String,
    /// What follows it in the line.
    pub after: String,
}
