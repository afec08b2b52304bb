//! The errors of a catalogue: those visible in the file alone, and those that need the database.

use std::collections::{BTreeSet, HashMap};

use crate::server::{
    clock::Day,
    db::{Conn, StoreError},
};

use super::store;

/// All findings of a file's check, in the order of the file.
#[derive(Debug, Default)]
pub struct Findings {
    list: Vec<(String, Finding)>,
    /// The path where a key was used last, by kind and key.
    used: HashMap<(String, String), String>,
    /// The products that each project subscribes to.
    subscribed: BTreeSet<(String, String)>,
    /// The products in the file, valid or not: a reference to one of them is not dangling.
    pub products: BTreeSet<String>,
    /// The e-mails of the users in the file, valid or not.
    pub users: BTreeSet<String>,
}

/// A possible error at one path.
#[derive(Debug)]
enum Finding {
    /// An error, as text.
    Wrong(String),
    /// A reference to a product that is not in the file.
    Product(String),
    /// A reference to a user that is not in the file.
    User(String),
    /// A product's key: it must not differ from a known one only by case.
    ProductKey(String),
    /// A project's key: it must not differ from a known one only by case.
    ProjectKey(String),
}

impl Findings {
    /// Adds an error.
    pub fn add(&mut self, path: &str, message: impl std::fmt::Display) {
        self.list.push((path.to_owned(), Finding::Wrong(message.to_string())));
    }

    /// Appends all findings of `others`.
    pub fn append(&mut self, others: Self) {
        self.list.extend(others.list);
    }

    /// Records the use of a unique key. Returns whether it is the first; otherwise adds an error.
    ///
    /// Keys are case-insensitive, because login names are lower case.
    pub fn is_first(&mut self, of: &str, key: &str, path: &str) -> bool {
        let Some(former) = self.used.insert((of.to_owned(), key.to_lowercase()), path.to_owned()) else { return true };
        self.add(path, format!("{key:?} is a duplicate of {former}"));
        false
    }

    /// Records a product's key.
    pub fn product_key(&mut self, key: &str, path: &str) {
        if self.is_first("product", key, path) {
            self.list.push((path.to_owned(), Finding::ProductKey(key.to_owned())));
        }
    }

    /// Records a project's key.
    pub fn project_key(&mut self, key: &str, path: &str) {
        if self.is_first("project", key, path) {
            self.list.push((path.to_owned(), Finding::ProjectKey(key.to_owned())));
        }
    }

    /// Records a subscription's product. `project` is the project's path; `period` is `None` if its days are invalid. The
    /// same period may occur once; other periods of the product may follow or overlap it.
    pub fn subscribed(&mut self, project: &str, product: &str, period: Option<(Day, Day)>, path: &str) {
        let is_first = period.is_none_or(|(starts, ends)| {
            self.is_first(&format!("subscription of {project} from {starts} to {ends}"), product, path)
        });
        // Report a missing product only once.
        let is_told = !self.subscribed.insert((project.to_owned(), product.to_owned()));
        if is_first && !is_told && !self.products.contains(product) {
            self.list.push((path.to_owned(), Finding::Product(product.to_owned())));
        }
    }

    /// Records a member's e-mail. `project` is the project's path.
    pub fn joined(&mut self, project: &str, email: &str, path: &str) {
        if self.is_first(&format!("member of {project}"), email, path) && !self.users.contains(email) {
            self.list.push((path.to_owned(), Finding::User(email.to_owned())));
        }
    }

    /// All errors, as `$.projects[0].key: what is wrong`, in the order of the file.
    pub async fn errors(&self, conn: &mut Conn) -> Result<Vec<String>, StoreError> {
        let mut errors = Vec::new();
        for (path, finding) in &self.list {
            if let Some(wrong) = finding.wrong(conn).await? {
                errors.push(format!("{path}: {wrong}"));
            }
        }
        Ok(errors)
    }
}

impl Finding {
    /// The error's text; `None` if the database shows that there is no error.
    async fn wrong(&self, conn: &mut Conn) -> Result<Option<String>, StoreError> {
        Ok(match self {
            Self::Wrong(message) => Some(message.clone()),
            Self::Product(key) => {
                let known = store::product_name(conn, key).await?;
                known.is_none().then(|| format!("there is no product {key:?}"))
            }
            Self::User(email) => {
                let known = store::user(conn, email).await?;
                known.is_none().then(|| format!("there is no user {email:?}"))
            }
            Self::ProductKey(key) => {
                let other = store::product_like(conn, key).await?;
                other.map(|other| format!("{key:?} differs by case only from the product {other:?}"))
            }
            Self::ProjectKey(key) => {
                let other = store::project_like(conn, key).await?;
                other.map(|other| format!("{key:?} differs by case only from the project {other:?}"))
            }
        })
    }
}
