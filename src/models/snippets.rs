//! What to paste into the tools that pull. The server words it: a browser loads none of the texts before it shows them.

use serde::{Deserialize, Serialize};

/// Stands for the secret, in whatever form a text has it, while it is masked.
pub const MASK: &str = "••••••••";

/// A tool, and what it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    pub name: String,
    pub snippets: Vec<Snippet>,
}

/// One thing to copy. Its `Debug` is redacted: the text may hold a secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// What it is; the name of its *Copy* ends with this.
    pub what: String,
    pub text: String,
    /// Where it goes and what to do with it.
    pub hint: String,
    /// The secret as the text has it, where it does.
    pub secret: Option<String>,
}

impl Snippet {
    /// The text with a mask in the place of the secret.
    pub fn masked(&self) -> String {
        self.secret.as_ref().map_or_else(|| self.text.clone(), |secret| self.text.replace(secret, MASK))
    }
}

impl std::fmt::Debug for Snippet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snippet").field("what", &self.what).finish_non_exhaustive()
    }
}
