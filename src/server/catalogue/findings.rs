//! What is wrong with a catalogue: what its file shows by itself, and what only the database can tell.

use std::collections::{BTreeSet, HashMap};

use crate::server::{
    clock::Day,
    db::{Conn, StoreError},
};

use super::store;

/// Everything that the check of a file came upon, in the order it was met.
#[derive(Debug, Default)]
pub struct Findings {
    list: Vec<(String, Finding)>,
    /// Where a key was used last, by what it is a key of.
    used: HashMap<(String, String), String>,
    /// The products that each project has subscribed to.
    subscribed: BTreeSet<(String, String)>,
    /// The products that the file names, well described or not: a reference to one of them is not dangling.
    pub products: BTreeSet<String>,
    /// The e-mails of the users that the file names, likewise.
    pub users: BTreeSet<String>,
}

/// What may be wrong at one place.
#[derive(Debug)]
enum Finding {
    /// In words.
    Wrong(String),
    /// A reference to a product that the file does not name.
    Product(String),
    /// A reference to a user that the file does not name.
    User(String),
    /// A product's key, which must not differ from a known one by case only.
    ProductKey(String),
    /// A project's key, likewise.
    ProjectKey(String),
}

impl Findings {
    /// Notes an error.
    pub fn add(&mut self, path: &str, message: impl std::fmt::Display) {
        self.list.push((path.to_owned(), Finding::Wrong(message.to_string())));
    }

    /// Adds the errors that stand in `others`.
    pub fn append(&mut self, others: Self) {
        self.list.extend(others.list);
    }

    /// Notes the use of a key that may be used once, and tells whether it is the first; a further one is an error.
    ///
    /// Keys are compared without regard to case: login names are lower case.
    pub fn is_first(&mut self, of: &str, key: &str, path: &str) -> bool {
        let Some(former) = self.used.insert((of.to_owned(), key.to_lowercase()), path.to_owned()) else { return true };
        self.add(path, format!("{key:?} is a duplicate of {former}"));
        false
    }

    /// Notes a product's key.
    pub fn product_key(&mut self, key: &str, path: &str) {
        if self.is_first("product", key, path) {
            self.list.push((path.to_owned(), Finding::ProductKey(key.to_owned())));
        }
    }

    /// Notes a project's key.
    pub fn project_key(&mut self, key: &str, path: &str) {
        if self.is_first("project", key, path) {
            self.list.push((path.to_owned(), Finding::ProjectKey(key.to_owned())));
        }
    }

    /// Notes the product of a subscription of `project`, the path of that project, for a period (`None` where its days
    /// cannot be read). The same period stands once; others of the product may follow it or overlap it.
    pub fn subscribed(&mut self, project: &str, product: &str, period: Option<(Day, Day)>, path: &str) {
        let is_first = period.is_none_or(|(starts, ends)| {
            self.is_first(&format!("subscription of {project} from {starts} to {ends}"), product, path)
        });
        // One that is missing is told once.
        let is_told = !self.subscribed.insert((project.to_owned(), product.to_owned()));
        if is_first && !is_told && !self.products.contains(product) {
            self.list.push((path.to_owned(), Finding::Product(product.to_owned())));
        }
    }

    /// Notes the e-mail of a member of `project`, the path of that project.
    pub fn joined(&mut self, project: &str, email: &str, path: &str) {
        if self.is_first(&format!("member of {project}"), email, path) && !self.users.contains(email) {
            self.list.push((path.to_owned(), Finding::User(email.to_owned())));
        }
    }

    /// Every error, as `$.projects[0].key: what is wrong`, in the order it was met.
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
    /// The error in words; `None` where the database shows that all is well.
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
