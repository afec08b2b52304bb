//! The query of a project's page: the view and, without JavaScript, the page number, the open dialog and the result of a form.

use super::view::View;

/// The parsed query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageQuery {
    pub view: View,
    /// The page of the list, from 1; only the no-JavaScript fallback has more than one.
    pub page: u32,
    /// The open dialog: `generate`, or an action and a token id, as in `delete-ID`.
    pub dialog: Option<String>,
    /// The result of a form: its action and the token id, as in `enable.ID`.
    pub done: Option<String>,
}

impl PageQuery {
    /// Parses a query without its `?`; ignores unknown parameters.
    pub fn parse(query: &str) -> Self {
        let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
        let value = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.to_string());
        Self {
            view: View::from_pairs(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref()))),
            page: value("page").and_then(|page| page.parse().ok()).unwrap_or(1),
            dialog: value("dialog"),
            done: value("done"),
        }
    }

    /// The query that [`PageQuery::parse`] reads.
    pub fn to_query(&self) -> String {
        let page = (self.page > 1).then(|| self.page.to_string());
        let pairs = [("page", &page), ("dialog", &self.dialog), ("done", &self.done)];
        let pairs = pairs.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
        form_urlencoded::Serializer::new(self.view.to_query()).extend_pairs(pairs).finish()
    }

    /// The id of the token whose dialog is open, or that a form changed.
    pub fn token_id(&self) -> Option<&str> {
        let of_dialog = self.dialog.as_deref().and_then(|dialog| dialog.split_once('-'));
        let named = of_dialog.or_else(|| self.done.as_deref()?.split_once('.'));
        named.map(|(_, id)| id)
    }
}
