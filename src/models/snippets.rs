//! The snippets to paste into the tools that pull. The server writes them, so that the browser does not load the templates.

use serde::{Deserialize, Serialize};

/// Replaces a masked secret, in whatever encoding a snippet contains it.
pub const MASK: &str = "••••••••";

/// A tool with its snippets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    pub name: String,
    pub snippets: Vec<Snippet>,
}

/// One snippet to copy. Its `Debug` is redacted: the text may contain a secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// What it is; the end of the accessible name of its *Copy* button.
    pub what: String,
    pub text: String,
    /// Where to paste it, and what to do with it.
    pub hint: String,
    /// The secret as it is encoded in the text, if it contains one.
    pub secret: Option<String>,
}

impl Snippet {
    /// The text with the secret masked.
    pub fn masked(&self) -> String {
        self.secret.as_ref().map_or_else(|| self.text.clone(), |secret| self.text.replace(secret, MASK))
    }
}

impl std::fmt::Debug for Snippet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snippet").field("what", &self.what).finish_non_exhaustive()
    }
}
