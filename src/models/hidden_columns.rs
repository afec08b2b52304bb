//! The columns that somebody hides, how many lines a row has, and whether letters are shortcuts. A cookie keeps it, so that the server renders it so.

use serde::{Deserialize, Serialize};

use super::sort::Column;

/// Stands among the slugs where rows have one line.
pub const SECOND_LINES: &str = "second-lines";

/// Stands among the slugs where single letters are no shortcuts.
pub const SHORTCUTS: &str = "shortcuts";

/// Slugs of hidden columns, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HiddenColumns(Vec<String>);

impl HiddenColumns {
    /// The cookie, as [`super::cookie::full_name`] takes it.
    pub const COOKIE: &'static str = "columns";

    /// Reads a cookie's value: slugs with dots between. What is no column is left out.
    pub fn from_cookie(value: &str) -> Self {
        let known = |slug: &&str| [SECOND_LINES, SHORTCUTS].contains(slug) || Column::parse(slug).is_some_and(can_hide);
        Self(value.split('.').filter(known).map(str::to_owned).collect())
    }

    /// The inverse of [`HiddenColumns::from_cookie`].
    pub fn to_cookie(&self) -> String {
        self.0.join(".")
    }

    /// The slugs with blanks between, as the style sheet looks for them.
    pub fn to_attribute(&self) -> String {
        self.0.join(" ")
    }

    pub fn hides(&self, slug: &str) -> bool {
        self.0.iter().any(|hidden| hidden == slug)
    }

    /// Hides a column, or shows it again.
    pub fn set(&mut self, slug: &str, is_hidden: bool) {
        self.0.retain(|hidden| hidden != slug);
        if is_hidden {
            self.0.push(slug.to_owned());
        }
    }
}

/// Every column but the name can be hidden.
pub fn can_hide(column: Column) -> bool {
    column != Column::Name
}

#[cfg(test)]
mod tests {
    use super::HiddenColumns;

    #[test]
    fn a_cookie_names_columns_and_nothing_else() {
        let mut hidden = HiddenColumns::from_cookie("type.by.name.second-lines.shortcuts.odd\"><b");
        assert_eq!(hidden.to_attribute(), "type by second-lines shortcuts");
        hidden.set("by", false);
        hidden.set("end", true);
        assert_eq!(hidden.to_cookie(), "type.second-lines.shortcuts.end");
        assert_eq!(HiddenColumns::from_cookie(""), HiddenColumns::default());
    }
}
