//! The columns that somebody hides or asks for, how many lines a row has, and whether letters are shortcuts. A cookie keeps it, so
//! that the server renders it so.

use serde::{Deserialize, Serialize};

use super::sort::Column;

/// Stands among the slugs where rows have one line.
pub const SECOND_LINES: &str = "second-lines";

/// Stands among the slugs where single letters are no shortcuts.
pub const SHORTCUTS: &str = "shortcuts";

/// Slugs of what is other than at first, each once: columns that are hidden, and optional ones that are shown.
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

    /// The slugs of what is hidden with blanks between, and those of optional columns that are shown after `with-`, as the style
    /// sheet looks for them.
    pub fn to_attribute(&self) -> String {
        let slug = |slug: &String| if is_optional(slug) { format!("with-{slug}") } else { slug.clone() };
        self.0.iter().map(slug).collect::<Vec<_>>().join(" ")
    }

    pub fn hides(&self, slug: &str) -> bool {
        self.0.iter().any(|other| other == slug) != is_optional(slug)
    }

    /// Hides a column, or shows it again.
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
