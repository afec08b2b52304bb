//! Checks a catalogue's file completely: errors do not stop it.

use unicode_normalization::char::is_combining_mark;

use crate::{
    models::{account::Role, repository::RepositoryPattern, text},
    server::clock::Day,
};

use super::{Catalogue, Member, Product, Project, Subscription, User, findings::Findings, json::Json};

/// The longest text, in characters.
const MAX_LENGTH: usize = 500;

/// A catalogue as far as it can be read, and the findings. Only the import can use it. It reports all errors at once, because
/// a referenced product or user that is not in the file may be in the database.
#[derive(Debug)]
pub struct Checked {
    pub(super) catalogue: Catalogue,
    pub(super) findings: Findings,
}

/// Parses and checks a catalogue's text.
///
/// # Errors
/// The single error of a text that is not JSON, with a path like all errors.
pub fn check(text: &str) -> Result<Checked, Vec<String>> {
    let json = Json::parse(text).map_err(|error| vec![format!("$: this is not JSON: {error}")])?;
    let mut findings = Findings::default();
    let mut catalogue = Catalogue::default();
    let root = Fields::of(&json, "$", &["products", "users", "projects"], &mut findings);
    for (path, item) in root.list("products", &mut findings) {
        findings.products.extend(item.text_in("key").map(str::to_owned));
        catalogue.products.extend(product(item, &path, &mut findings));
    }
    for (path, item) in root.list("users", &mut findings) {
        findings.users.extend(item.text_in("email").map(text::email));
        catalogue.users.extend(user(item, &path, "user", &mut findings));
    }
    for (path, item) in root.list("projects", &mut findings) {
        catalogue.projects.extend(project(item, &path, &mut findings));
    }
    Ok(Checked { catalogue, findings })
}

fn product(item: &Json, path: &str, findings: &mut Findings) -> Option<Product> {
    let fields = Fields::of(item, path, &["key", "name", "repositories"], findings);
    let key = fields.key("key", findings);
    if let Some(key) = &key {
        findings.product_key(key, &fields.at("key"));
    }
    let name = fields.text("name", findings);
    let mut repositories = Vec::new();
    for (path, pattern) in fields.required_list("repositories", findings) {
        match pattern {
            Json::Text(pattern) => match RepositoryPattern::parse(pattern) {
                Ok(_) if repositories.contains(pattern) => findings.add(&path, format!("{pattern:?} stands here twice")),
                Ok(_) => repositories.push(pattern.clone()),
                Err(error) => match text::unwanted(pattern) {
                    Some(unwanted) => findings.add(&path, format!("{error}; {unwanted}")),
                    None => findings.add(&path, error),
                },
            },
            other => findings.add(&path, format!("expected a text, found {}", other.kind())),
        }
    }
    repositories.sort();
    Some(Product { key: key?, name: name?, repositories })
}

/// Reads a user or a service user. The e-mail must be unique among `of`.
fn user(item: &Json, path: &str, of: &str, findings: &mut Findings) -> Option<User> {
    let fields = Fields::of(item, path, &["email", "name", "active"], findings);
    let email = fields.email("email", findings);
    if let Some(email) = &email {
        findings.is_first(of, email, &fields.at("email"));
    }
    let name = fields.text("name", findings);
    let active = fields.truth("active", true, findings);
    Some(User { email: email?, name: name?, active })
}

fn project(item: &Json, path: &str, findings: &mut Findings) -> Option<Project> {
    let known = ["key", "name", "type", "support_tier", "closed", "subscriptions", "members", "service_users"];
    let fields = Fields::of(item, path, &known, findings);
    let key = fields.key("key", findings);
    if let Some(key) = &key {
        findings.project_key(key, &fields.at("key"));
    }
    let name = fields.text("name", findings);
    let kind = fields.optional_text("type", findings);
    let support_tier = fields.optional_text("support_tier", findings);
    let closed = fields.truth("closed", false, findings);

    let (mut subscriptions, mut members, mut service_users) = (Vec::new(), Vec::new(), Vec::new());
    for (path, item) in fields.list("subscriptions", findings) {
        subscriptions.extend(subscription(item, &path, &fields.path, findings));
    }
    for (path, item) in fields.list("members", findings) {
        members.extend(member(item, &path, &fields.path, findings));
    }
    for (path, item) in fields.list("service_users", findings) {
        service_users.extend(user(item, &path, &format!("service user of {}", fields.path), findings));
    }
    Some(Project { key: key?, name: name?, kind, support_tier, closed, subscriptions, members, service_users })
}

fn subscription(item: &Json, path: &str, project: &str, findings: &mut Findings) -> Option<Subscription> {
    let fields = Fields::of(item, path, &["product", "starts", "ends"], findings);
    let product = fields.text("product", findings);
    // Collected apart, because the errors of the days come after those of the product.
    let mut of_days = Findings::default();
    let starts = fields.day("starts", &mut of_days);
    let ends = fields.day("ends", &mut of_days);
    if let Some(product) = &product {
        findings.subscribed(project, product, starts.zip(ends), &fields.at("product"));
    }
    findings.append(of_days);
    if let (Some(starts), Some(ends)) = (starts, ends)
        && ends < starts
    {
        findings.add(&fields.at("ends"), format!("{ends} is before the start, {starts}"));
    }
    Some(Subscription { product: product?, starts: starts?.to_string(), ends: ends?.to_string() })
}

fn member(item: &Json, path: &str, project: &str, findings: &mut Findings) -> Option<Member> {
    let fields = Fields::of(item, path, &["email", "role"], findings);
    let email = fields.email("email", findings);
    if let Some(email) = &email {
        findings.joined(project, email, &fields.at("email"));
    }
    let role = fields.text("role", findings)?;
    match Role::parse(&role) {
        Some(role) => Some(Member { email: email?, role }),
        None => {
            findings.add(&fields.at("role"), format!("{role:?} is neither \"customer\" nor \"admin\""));
            None
        }
    }
}

/// The error of an invalid text.
fn wrong(text: &str) -> Option<String> {
    if text.is_empty() {
        Some("this is empty".to_owned())
    } else if text.chars().count() > MAX_LENGTH {
        Some(format!("this is longer than {MAX_LENGTH} characters"))
    } else if let Some(unwanted) = text::unwanted(text) {
        Some(unwanted)
    } else if text.chars().all(|c| c.is_whitespace() || is_combining_mark(c)) {
        Some("this has no visible character".to_owned())
    } else {
        None
    }
}

/// An object's fields and its path.
struct Fields<'a> {
    path: String,
    fields: &'a [(String, Json)],
}

impl<'a> Fields<'a> {
    fn of(json: &'a Json, path: &str, known: &[&str], findings: &mut Findings) -> Self {
        let fields = match json {
            Json::Object(fields) => fields.as_slice(),
            other => {
                findings.add(path, format!("expected an object, found {}", other.kind()));
                // The empty path suppresses errors about its fields: one error per cause.
                return Self { path: String::new(), fields: &[] };
            }
        };
        for (at, (name, _)) in fields.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                let known = known.join(", ");
                match text::unwanted(name) {
                    None => findings.add(&format!("{path}.{name}"), format!("unknown field; known are {known}")),
                    // Invisible characters are escaped, so that they do not affect a terminal.
                    Some(unwanted) => {
                        let name = name.escape_debug();
                        findings.add(&format!("{path}.{name}"), format!("unknown field; known are {known}; {unwanted}"));
                    }
                }
            } else if fields[..at].iter().any(|(earlier, _)| earlier == name) {
                findings.add(&format!("{path}.{name}"), "this field stands here twice");
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

    fn expected(&self, name: &str, what: &str, found: Option<&Json>, findings: &mut Findings) {
        match found {
            _ if self.path.is_empty() => {}
            Some(found) => findings.add(&self.at(name), format!("expected {what}, found {}", found.kind())),
            None => findings.add(&self.at(name), format!("missing: expected {what}")),
        }
    }

    fn text(&self, name: &str, findings: &mut Findings) -> Option<String> {
        let Some(Json::Text(text)) = self.get(name) else {
            self.expected(name, "a text", self.get(name), findings);
            return None;
        };
        let text = text::composed(text.trim());
        match wrong(&text) {
            None => Some(text),
            Some(wrong) => {
                findings.add(&self.at(name), wrong);
                None
            }
        }
    }

    /// An optional text; empty if missing.
    fn optional_text(&self, name: &str, findings: &mut Findings) -> String {
        match self.get(name) {
            None => String::new(),
            Some(_) => self.text(name, findings).unwrap_or_default(),
        }
    }

    /// A key. It becomes part of login names and URLs.
    fn key(&self, name: &str, findings: &mut Findings) -> Option<String> {
        let key = self.text(name, findings)?;
        let good = key.len() <= 64
            && key.starts_with(|c: char| c.is_ascii_alphanumeric())
            && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        if good {
            return Some(key);
        }
        findings.add(&self.at(name), format!("{key:?} is not a key: use up to 64 letters, digits, dashes and underscores"));
        None
    }

    fn email(&self, name: &str, findings: &mut Findings) -> Option<String> {
        let email = text::email(&self.text(name, findings)?);
        let good =
            email.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty() && !domain.contains('@'))
                && !email.contains(char::is_whitespace);
        if good {
            return Some(email);
        }
        findings.add(&self.at(name), format!("{email:?} is not an e-mail"));
        None
    }

    fn day(&self, name: &str, findings: &mut Findings) -> Option<Day> {
        let text = self.text(name, findings)?;
        let day = Day::parse(&text);
        if day.is_none() {
            findings.add(&self.at(name), format!("{text:?} is not a date such as 2026-12-31"));
        }
        day
    }

    fn truth(&self, name: &str, default: bool, findings: &mut Findings) -> bool {
        match self.get(name) {
            None => default,
            Some(Json::Bool(truth)) => *truth,
            other => {
                self.expected(name, "true or false", other, findings);
                default
            }
        }
    }

    /// The items of an optional list, each with its path.
    fn list(&self, name: &str, findings: &mut Findings) -> Vec<(String, &'a Json)> {
        if self.get(name).is_none() { Vec::new() } else { self.required_list(name, findings) }
    }

    /// The items of a required list, which may be empty.
    fn required_list(&self, name: &str, findings: &mut Findings) -> Vec<(String, &'a Json)> {
        match self.get(name) {
            Some(Json::List(items)) => {
                items.iter().enumerate().map(|(at, item)| (format!("{}[{at}]", self.at(name)), item)).collect()
            }
            other => {
                self.expected(name, "a list", other, findings);
                Vec::new()
            }
        }
    }
}
