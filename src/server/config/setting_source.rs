//! The sources of settings: the environment overrides the file, which overrides the built-in defaults. Errors are collected,
//! so that an operator sees all of them at once (the crate config stops at the first error).

use std::{fmt::Debug, ops::RangeInclusive};

use serde::Deserialize;
use toml::Value;

/// The built-in defaults, also used if there is no file.
pub const BUILT_IN: &str = include_str!("../../../Leptos.toml");

/// The unparsed settings, and the errors so far.
pub struct Source<'a> {
    table: toml::Table,
    environment: &'a dyn Fn(&str) -> Option<String>,
    wrong: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct File {
    registry_tokens: toml::Table,
}

impl<'a> Source<'a> {
    /// Reads a file's text over the built-in defaults.
    ///
    /// # Errors
    /// One line if the text is not TOML. An unknown setting is collected for [`Source::wrong`].
    pub fn read(text: &str, environment: &'a dyn Fn(&str) -> Option<String>) -> Result<Self, String> {
        let mut table = section(BUILT_IN)?;
        let mut wrong = Vec::new();
        for (name, value) in section_or_empty(text)? {
            if table.contains_key(&name) {
                table.insert(name, value);
            } else {
                let known: Vec<&str> = table.keys().map(String::as_str).collect();
                wrong.push(format!("Leptos.toml: there is no setting {name:?}; known are {}", known.join(", ")));
            }
        }
        Ok(Self { table, environment, wrong })
    }

    /// Parses a text from the environment's `variable` or the file's field `key`.
    pub fn text<T>(&mut self, key: &str, variable: &str, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        self.secret(key, variable, |value| format!("{value:?}"), parse)
    }

    /// Parses a text that may be secret: errors show the result of `shown` instead of the value.
    pub fn secret<T>(
        &mut self,
        key: &str,
        variable: &str,
        shown: impl FnOnce(&str) -> String,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let value = match (self.environment)(variable) {
            Some(value) => value,
            None => match self.table.get(key) {
                Some(Value::String(text)) => text.clone(),
                other => return self.refuse_kind(variable, "a text between quotes", other.cloned()),
            },
        };
        match parse_text(&value, parse) {
            Ok(parsed) => Some(parsed),
            Err(wrong) => self.add_wrong(variable, &shown(&value), &wrong),
        }
    }

    /// Parses a text from the environment, or the default.
    pub fn value<T>(&mut self, variable: &str, default: &str, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let value = (self.environment)(variable).unwrap_or_else(|| default.to_owned());
        match parse_text(&value, parse) {
            Ok(parsed) => Some(parsed),
            Err(wrong) => self.add_wrong(variable, &format!("{value:?}"), &wrong),
        }
    }

    /// Parses an integer in a range.
    pub fn number(&mut self, key: &str, variable: &str, allowed: RangeInclusive<i64>) -> Option<i64> {
        let (value, number) = match ((self.environment)(variable), self.table.get(key)) {
            (Some(value), _) => (format!("{value:?}"), value.parse().ok()),
            (None, Some(Value::Integer(number))) => (number.to_string(), Some(*number)),
            (None, other) => return self.refuse_kind(variable, "a whole number without quotes", other.cloned()),
        };
        match number {
            Some(number) if allowed.contains(&number) => Some(number),
            _ => {
                let form = format!("is not a whole number between {} and {}", allowed.start(), allowed.end());
                self.add_wrong(variable, &value, &form)
            }
        }
    }

    /// Parses a list: an array of texts in the file, or a comma-separated text in the environment.
    pub fn list<T>(&mut self, key: &str, variable: &str, parse: impl Fn(&str) -> Result<T, String>) -> Option<Vec<T>> {
        let items: Vec<String> = match ((self.environment)(variable), self.table.get(key)) {
            (Some(list), _) if list.trim().is_empty() => Vec::new(),
            (Some(list), _) => list.split(',').map(|item| item.trim().to_owned()).collect(),
            (None, Some(Value::Array(list))) if list.iter().all(Value::is_str) => {
                list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            (None, other) => return self.refuse_kind(variable, "a list of texts, such as [\"10.0.0.0/8\"]", other.cloned()),
        };
        let mut parsed = Vec::new();
        for item in &items {
            match parse_text(item, &parse) {
                Ok(item) => parsed.push(item),
                Err(wrong) => {
                    self.add_wrong::<()>(variable, &format!("{item:?}"), &wrong);
                }
            }
        }
        (parsed.len() == items.len()).then_some(parsed)
    }

    /// Adds an error.
    pub fn add(&mut self, wrong: String) {
        self.wrong.push(wrong);
    }

    /// All collected errors, one line each.
    pub fn wrong(self) -> Vec<String> {
        self.wrong
    }

    fn add_wrong<T>(&mut self, variable: &str, shown: &str, wrong: &str) -> Option<T> {
        self.wrong.push(format!("{variable}: {shown} {wrong}"));
        None
    }

    fn refuse_kind<T>(&mut self, variable: &str, expected: &str, found: Option<impl Debug + ToString>) -> Option<T> {
        let found = found.map_or_else(|| "nothing".to_owned(), |found| one_line(&found.to_string()));
        self.wrong.push(format!("{variable}: {found} in Leptos.toml is not {expected}"));
        None
    }
}

/// Refuses a replacement character: the environment's value was not UTF-8.
fn parse_text<T>(value: &str, parse: impl FnOnce(&str) -> Result<T, String>) -> Result<T, String> {
    if value.contains(char::REPLACEMENT_CHARACTER) { Err("is not text in UTF-8".to_owned()) } else { parse(value) }
}

fn section(text: &str) -> Result<toml::Table, String> {
    let file: File = toml::from_str(text).map_err(|cause| format!("Leptos.toml: {}", one_line(&cause.to_string())))?;
    Ok(file.registry_tokens)
}

/// The `registry-tokens` section; empty if the file has only the Leptos section.
fn section_or_empty(text: &str) -> Result<toml::Table, String> {
    let whole: toml::Table = toml::from_str(text).map_err(|cause| format!("Leptos.toml: {}", one_line(&cause.to_string())))?;
    // A misspelt section would leave every setting at its default.
    if let Some(other) = whole.keys().find(|name| !["registry-tokens", "package"].contains(&name.as_str())) {
        return Err(format!("Leptos.toml: there is no section [{other}]; the settings are in [registry-tokens]"));
    }
    if whole.contains_key("registry-tokens") { section(text) } else { Ok(toml::Table::new()) }
}

/// Joins the lines of a text.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
