//! The display settings of the table: hidden and optional columns, one or two lines per row, and letter shortcuts. A cookie
//! stores them, so that the server renders accordingly.

use serde::{Deserialize, Serialize};

use super::sort::Column;

/// The slug that means: rows have one line.
pub const SECOND_LINES: &str = "second-lines";

/// The slug that means: single letters are not shortcuts.
pub const SHORTCUTS: &str = "shortcuts";

/// The slugs of the settings that differ from the default, each once: hidden columns, and optional columns that are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HiddenColumns(Vec<String>);

impl HiddenColumns {
    /// The cookie's name, for [`super::cookie::full_name`].
    pub const COOKIE: &'static str = "columns";

    /// Parses a cookie's value: slugs separated by dots. Unknown slugs are ignored.
    pub fn from_cookie(value: &str) -> Self {
        let known = |slug: &&str| [SECOND_LINES, SHORTCUTS].contains(slug) || Column::parse(slug).is_some_and(can_hide);
        Self(value.split('.').filter(known).map(str::to_owned).collect())
    }

    /// The inverse of [`HiddenColumns::from_cookie`].
    pub fn to_cookie(&self) -> String {
        self.0.join(".")
    }

    /// The value for the style sheet: the slugs of what is hidden, separated by spaces, and those of shown optional columns with
    /// the prefix `with-`.
    pub fn to_attribute(&self) -> String {
        let slug = |slug: &String| if is_optional(slug) { format!("with-{slug}") } else { slug.clone() };
        self.0.iter().map(slug).collect::<Vec<_>>().join(" ")
    }

    pub fn hides(&self, slug: &str) -> bool {
        self.0.iter().any(|other| other == slug) != is_optional(slug)
    }

    /// Hides or shows a column.
    pub fn set(&mut self, slug: &str, is_hidden: bool) {
        self.0.retain(|other| other != slug);
        if is_hidden != is_optional(slug) {
            self.0.push(slug.to_owned());
        }
    }
}

fn is_optional(slug: &str) -> bool {
    Column::parse(slug).is_some_and(Column::is_optional)
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

    #[test]
    fn an_optional_column_is_hidden_until_somebody_asks_for_it() {
        for slug in ["login", "pulls"] {
            let mut hidden = HiddenColumns::from_cookie("used");
            assert!(hidden.hides(slug) && hidden.hides("used") && !hidden.hides("type"));
            hidden.set(slug, false);
            assert!(!hidden.hides(slug));
            assert_eq!(hidden.to_cookie(), format!("used.{slug}"));
            assert_eq!(hidden.to_attribute(), format!("used with-{slug}"));
            assert_eq!(HiddenColumns::from_cookie(&hidden.to_cookie()), hidden);
            hidden.set(slug, true);
            assert_eq!(hidden, HiddenColumns::from_cookie("used"));
        }
    }
}
