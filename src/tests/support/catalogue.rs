//! The catalogue that every test starts with, and helpers to change it.
//!
//! On 2026-06-01 ACME has one active subscription (wso2-apim), one that ends soon (wso2-mi, on 2026-06-20), one that
//! ended yesterday (wso2-is) and one that begins a month later (wso2-ob). ACMEOLD is closed. GLOBEX is another tenant.

use serde_json::Value;

use crate::server::catalogue::{
    check::check,
    import::{ImportError, import},
    preview::{Preview, preview},
};

use super::TestApp;

pub const ADMIN: &str = "admin@acme.example";
pub const CAROL: &str = "carol@acme.example";
pub const DAVE: &str = "dave@acme.example";
/// A customer of ACME and of GLOBEX.
pub const PAT: &str = "pat@partner.example";
/// The other tenant's admin.
pub const GINA: &str = "gina@globex.example";
/// ACME's active service user.
pub const PIPELINE: &str = "ci@acme.example";
/// ACME's inactive service user.
pub const OLD_PIPELINE: &str = "old-ci@acme.example";
/// The other tenant's service user.
pub const FOREIGN_PIPELINE: &str = "ci@globex.example";

/// The catalogue as JSON.
pub fn original() -> Value {
    serde_json::from_str(include_str!("catalogue.json")).expect("the test catalogue is JSON")
}

/// The item of a list whose `field` is `value`.
pub fn find<'a>(list: &'a mut Value, field: &str, value: &str) -> &'a mut Value {
    let items = list.as_array_mut().expect("a list");
    items.iter_mut().find(|item| item[field] == value).unwrap_or_else(|| panic!("{value} is in the test catalogue"))
}

/// A project of the catalogue.
pub fn project<'a>(catalogue: &'a mut Value, key: &str) -> &'a mut Value {
    find(&mut catalogue["projects"], "key", key)
}

/// Removes the item whose `field` is `value` from a list.
pub fn remove(list: &mut Value, field: &str, value: &str) {
    find(list, field, value);
    list.as_array_mut().expect("a list").retain(|item| item[field] != value);
}

impl TestApp {
    /// Imports the original catalogue after applying `change`; returns the lines printed for the operator.
    pub async fn reimport_catalogue(&self, change: impl FnOnce(&mut Value)) -> Vec<String> {
        let mut catalogue = original();
        change(&mut catalogue);
        self.import(&catalogue.to_string(), false).await.expect("the catalogue is imported")
    }

    /// Checks and imports a catalogue from its text.
    pub async fn import(&self, text: &str, dry_run: bool) -> Result<Vec<String>, Vec<String>> {
        match import(&self.state, &check(text)?, dry_run).await {
            Ok(changes) => Ok(changes),
            Err(ImportError::Wrong(errors)) => Err(errors),
            Err(ImportError::Store(cause)) => panic!("the database refuses the catalogue: {cause}"),
        }
    }

    /// The result of a dry run of the original catalogue after applying `change`.
    pub async fn preview(&self, change: impl FnOnce(&mut Value)) -> Preview {
        let mut catalogue = original();
        change(&mut catalogue);
        let checked = check(&catalogue.to_string()).expect("JSON");
        match preview(&self.state, &checked).await {
            Ok(preview) => preview,
            Err(ImportError::Wrong(errors)) => panic!("{}", errors.join("\n")),
            Err(ImportError::Store(cause)) => panic!("the database refuses the catalogue: {cause}"),
        }
    }
}
