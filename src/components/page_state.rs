//! What the page's address and cookies say, and what a form led to where no script ran.

use serde::{Deserialize, Serialize};

use crate::{
    error::AppError,
    models::{token::Overlap, view::View},
};

/// The state that a page is rendered in.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PageState {
    pub view: View,
    /// Which page of the list, from 1; only without a script is there more than one.
    pub page: u32,
    /// Slugs of the columns that are hidden, with blanks between.
    pub hidden_columns: String,
    /// The dialog that stands open, as [`super::dialog::Dialog::parse`] reads it.
    pub dialog: Option<String>,
    /// A word for what a form did.
    pub done: Option<String>,
    /// What a form was refused.
    pub refused: Option<Refused>,
}

/// A form that could not be taken, with what was typed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Refused {
    pub name: String,
    pub is_service: bool,
    pub service_user: String,
    pub reason: String,
    pub overlap: Overlap,
    pub error: AppError,
}

impl PageState {
    /// Reads an address's query.
    pub fn read(query: &str) -> Self {
        let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
        let value = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.to_string());
        Self {
            view: View::from_pairs(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref()))),
            page: value("page").and_then(|page| page.parse().ok()).unwrap_or(1),
            dialog: value("dialog"),
            done: value("done"),
            ..Self::default()
        }
    }

    /// The same with a form's dialog open again, and its error.
    pub fn refused(self, action: &str, token_id: &str, refused: Refused) -> Self {
        let dialog = if action == "generate" { action.to_owned() } else { format!("{action}-{token_id}") };
        Self { dialog: Some(dialog), refused: Some(refused), done: None, ..self }
    }

    /// The query of the page that shows the same, and what a form did.
    pub fn to_query(&self, done: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(self.view.to_query());
        if self.page > 1 {
            query.append_pair("page", &self.page.to_string());
        }
        query.append_pair("done", done).finish()
    }

    /// The id of the token whose dialog stands open.
    pub fn dialog_token(&self) -> Option<&str> {
        self.dialog.as_deref()?.split_once('-').map(|(_, id)| id)
    }

    /// What a form did, in words.
    pub fn done_sentence(&self) -> Option<&'static str> {
        match self.done.as_deref()? {
            "resynced" => Some("The products are added: the token opens their images from now on."),
            "resynced-nothing" => Some("There was nothing to add."),
            "disabled" => Some("The token is disabled. Logins and pulls with it fail until it is enabled."),
            "enabled" => Some("The token is enabled. Its secret works again."),
            "overlap-ended" => Some("The overlap is ended: the former secret no longer works."),
            "deleted" => Some("The token is deleted. Logins and pulls with it fail from now on."),
            _ => None,
        }
    }
}
