//! Every error of a catalogue at once, each with its JSON path.

use std::collections::HashMap;

use crate::{
    models::account::Role,
    server::{clock::Day, service::repository::RepositoryPattern},
};

use super::{Catalogue, Member, Product, Project, Subscription, User, json::Json};

/// Reads a catalogue's text.
///
/// References to products and users that the file does not name are left to the import: the database may know them.
///
/// # Errors
/// Every error, as `$.projects[0].key: what is wrong`.
pub fn check(text: &str) -> Result<Catalogue, Vec<String>> {
    let json = Json::parse(text).map_err(|error| vec![format!("$: this is not JSON: {error}")])?;
    let mut errors = Errors::default();
    let mut catalogue = Catalogue::default();
    let root = Fields::of(&json, "$", &["products", "users", "projects"], &mut errors);
    for (path, item) in root.list("products", &mut errors) {
        catalogue.products.extend(product(item, &path, &mut errors));
    }
    for (path, item) in root.list("users", &mut errors) {
        catalogue.users.extend(user(item, &path, &mut errors));
    }
    for (path, item) in root.list("projects", &mut errors) {
        catalogue.projects.extend(project(item, &path, &mut errors));
    }
    if errors.list.is_empty() { Ok(catalogue) } else { Err(errors.list) }
}

fn product(item: &Json, path: &str, errors: &mut Errors) -> Option<Product> {
    let fields = Fields::of(item, path, &["key", "name", "repositories"], errors);
    let key = fields.key("key", errors);
    errors.first_use("product", key.as_deref(), &fields.at("key"));
    let name = fields.text("name", errors);
    let mut repositories = Vec::new();
    for (path, pattern) in fields.list("repositories", errors) {
        match pattern {
            Json::Text(pattern) => match RepositoryPattern::parse(pattern) {
                Ok(_) if repositories.contains(pattern) => errors.add(&path, format!("{pattern:?} stands here twice")),
                Ok(_) => repositories.push(pattern.clone()),
                Err(error) => errors.add(&path, error),
            },
            other => errors.add(&path, format!("expected a text, found {}", other.kind())),
        }
    }
    repositories.sort();
    Some(Product { key: key?, name: name?, repositories })
}

fn user(item: &Json, path: &str, errors: &mut Errors) -> Option<User> {
    let user = person(item, path, errors)?;
    errors.first_use("user", Some(&user.email), &format!("{path}.email"));
    Some(user)
}

fn person(item: &Json, path: &str, errors: &mut Errors) -> Option<User> {
    let fields = Fields::of(item, path, &["email", "name", "active"], errors);
    let email = fields.email("email", errors);
    let name = fields.text("name", errors);
    let active = fields.truth("active", true, errors);
    Some(User { email: email?, name: name?, active })
}

fn project(item: &Json, path: &str, errors: &mut Errors) -> Option<Project> {
    let known = ["key", "name", "type", "support_tier", "closed", "subscriptions", "members", "service_users"];
    let fields = Fields::of(item, path, &known, errors);
    let key = fields.key("key", errors);
    errors.first_use("project", key.as_deref(), &fields.at("key"));
    let name = fields.text("name", errors);
    let kind = fields.optional_text("type", errors);
    let support_tier = fields.optional_text("support_tier", errors);
    let closed = fields.truth("closed", false, errors);

    let (mut subscriptions, mut members, mut service_users) = (Vec::new(), Vec::new(), Vec::new());
    for (path, item) in fields.list("subscriptions", errors) {
        subscriptions.extend(subscription(item, &path, &fields.path, errors));
    }
    for (path, item) in fields.list("members", errors) {
        members.extend(member(item, &path, &fields.path, errors));
    }
    for (path, item) in fields.list("service_users", errors) {
        if let Some(service_user) = person(item, &path, errors) {
            errors.first_use(&format!("service user of {}", fields.path), Some(&service_user.email), &format!("{path}.email"));
            service_users.push(service_user);
        }
    }
    Some(Project { key: key?, name: name?, kind, support_tier, closed, subscriptions, members, service_users })
}

fn subscription(item: &Json, path: &str, project: &str, errors: &mut Errors) -> Option<Subscription> {
    let fields = Fields::of(item, path, &["product", "starts", "ends"], errors);
    let product = fields.text("product", errors);
    errors.first_use(&format!("subscription of {project}"), product.as_deref(), &fields.at("product"));
    let starts = fields.day("starts", errors);
    let ends = fields.day("ends", errors);
    if let (Some(starts), Some(ends)) = (starts, ends)
        && ends < starts
    {
        errors.add(&fields.at("ends"), format!("{ends} is before the start, {starts}"));
    }
    Some(Subscription { product: product?, starts: starts?.to_string(), ends: ends?.to_string() })
}

fn member(item: &Json, path: &str, project: &str, errors: &mut Errors) -> Option<Member> {
    let fields = Fields::of(item, path, &["email", "role"], errors);
    let email = fields.email("email", errors);
    errors.first_use(&format!("member of {project}"), email.as_deref(), &fields.at("email"));
    let role = fields.text("role", errors)?;
    match Role::parse(&role) {
        Some(role) => Some(Member { email: email?, role }),
        None => {
            errors.add(&fields.at("role"), format!("{role:?} is neither \"customer\" nor \"admin\""));
            None
        }
    }
}

#[derive(Default)]
struct Errors {
    list: Vec<String>,
    /// Where a key was used first, by what it is a key of.
    used: HashMap<(String, String), String>,
}

impl Errors {
    fn add(&mut self, path: &str, message: impl std::fmt::Display) {
        self.list.push(format!("{path}: {message}"));
    }

    /// Keys are compared without regard to case: login names are lower case.
    fn first_use(&mut self, of: &str, key: Option<&str>, path: &str) {
        let Some(key) = key else { return };
        if let Some(first) = self.used.insert((of.to_owned(), key.to_lowercase()), path.to_owned()) {
            self.add(path, format!("{key:?} is a duplicate of {first}"));
        }
    }
}

/// An object's fields and its path.
struct Fields<'a> {
    path: String,
    fields: &'a [(String, Json)],
}

impl<'a> Fields<'a> {
    fn of(json: &'a Json, path: &str, known: &[&str], errors: &mut Errors) -> Self {
        let fields = match json {
            Json::Object(fields) => fields.as_slice(),
            other => {
                errors.add(path, format!("expected an object, found {}", other.kind()));
                // Its fields are not asked for: one error for one cause.
                return Self { path: String::new(), fields: &[] };
            }
        };
        for (at, (name, _)) in fields.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                errors.add(&format!("{path}.{name}"), format!("unknown field; known are {}", known.join(", ")));
            } else if fields[..at].iter().any(|(earlier, _)| earlier == name) {
                errors.add(&format!("{path}.{name}"), "this field stands here twice");
            }
        }
        Self { path: path.to_owned(), fields }
    }

    fn at(&self, name: &str) -> String {
        format!("{}.{name}", self.path)
    }

    fn get(&self, name: &str) -> Option<&'a Json> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value)
    }

    fn expected(&self, name: &str, what: &str, found: Option<&Json>, errors: &mut Errors) {
        match found {
            _ if self.path.is_empty() => {}
            Some(found) => errors.add(&self.at(name), format!("expected {what}, found {}", found.kind())),
            None => errors.add(&self.at(name), format!("missing: expected {what}")),
        }
    }

    fn text(&self, name: &str, errors: &mut Errors) -> Option<String> {
        match self.get(name) {
            Some(Json::Text(text)) if text.trim().is_empty() => {
                errors.add(&self.at(name), "this is empty");
                None
            }
            Some(Json::Text(text)) if text.len() > 500 => {
                errors.add(&self.at(name), "this is longer than 500 characters");
                None
            }
            Some(Json::Text(text)) => Some(text.trim().to_owned()),
            other => {
                self.expected(name, "a text", other, errors);
                None
            }
        }
    }

    /// Empty where left out.
    fn optional_text(&self, name: &str, errors: &mut Errors) -> String {
        match self.get(name) {
            None => String::new(),
            Some(_) => self.text(name, errors).unwrap_or_default(),
        }
    }

    /// A key: it becomes part of login names and addresses.
    fn key(&self, name: &str, errors: &mut Errors) -> Option<String> {
        let key = self.text(name, errors)?;
        let good = key.len() <= 64
            && key.starts_with(|c: char| c.is_ascii_alphanumeric())
            && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        if good {
            return Some(key);
        }
        errors.add(&self.at(name), format!("{key:?} is not a key: use up to 64 letters, digits, dashes and underscores"));
        None
    }

    fn email(&self, name: &str, errors: &mut Errors) -> Option<String> {
        let email = self.text(name, errors)?.to_lowercase();
        let good =
            email.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty() && !domain.contains('@'))
                && !email.chars().any(|c| c.is_whitespace() || c.is_control());
        if good {
            return Some(email);
        }
        errors.add(&self.at(name), format!("{email:?} is not an e-mail"));
        None
    }

    fn day(&self, name: &str, errors: &mut Errors) -> Option<Day> {
        let text = self.text(name, errors)?;
        let day = Day::parse(&text);
        if day.is_none() {
            errors.add(&self.at(name), format!("{text:?} is not a date such as 2026-12-31"));
        }
        day
    }

    fn truth(&self, name: &str, default: bool, errors: &mut Errors) -> bool {
        match self.get(name) {
            None => default,
            Some(Json::Bool(truth)) => *truth,
            other => {
                self.expected(name, "true or false", other, errors);
                default
            }
        }
    }

    /// The items of a list, each with its path; none where the list is left out.
    fn list(&self, name: &str, errors: &mut Errors) -> Vec<(String, &'a Json)> {
        match self.get(name) {
            None => Vec::new(),
            Some(Json::List(items)) => {
                items.iter().enumerate().map(|(at, item)| (format!("{}[{at}]", self.at(name)), item)).collect()
            }
            other => {
                self.expected(name, "a list", other, errors);
                Vec::new()
            }
        }
    }
}
