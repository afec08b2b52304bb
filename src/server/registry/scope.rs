//! The `scope` parameter of the registry's token protocol (Distribution, docs/spec/auth/scope).

use std::{collections::BTreeSet, fmt};

use serde::Serialize;

use crate::{models::repository, server::audit};

/// Maximum number of distinct scopes per request; a client sends one or two. The limit applies separately to scopes that can
/// be granted and to others, so that many of one kind cannot hide one of the other.
const MAX_SCOPES: usize = 50;

/// A requested or granted scope. An entry of a JWT's `access` claim has the same form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scope {
    #[serde(rename = "type")]
    pub kind: String,
    pub name: String,
    pub actions: Vec<String>,
}

impl Scope {
    /// Parses `repository:wso2-apim/am:pull`. The type ends at the first `:`, the actions begin after the last one: a name
    /// may contain `host:port`.
    fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        let (name, actions) = rest.rsplit_once(':')?;
        // A class, as in `repository(plugin)`, does not affect rights.
        let kind = kind.split('(').next().unwrap_or_default();
        if kind.is_empty() || name.is_empty() {
            return None;
        }
        let actions: BTreeSet<&str> = actions.split(',').filter(|action| !action.is_empty()).collect();
        Some(Self { kind: kind.to_owned(), name: name.to_owned(), actions: actions.into_iter().map(str::to_owned).collect() })
    }

    /// The scope with those of its actions that are not in `granted`, which has each scope once; `None` if all are.
    pub fn without(&self, granted: &[Self]) -> Option<Self> {
        let of_same = granted.iter().find(|granted| granted.kind == self.kind && granted.name == self.name);
        let Some(given) = of_same else { return Some(self.clone()) };
        let actions: Vec<String> = self.actions.iter().filter(|action| !given.actions.contains(action)).cloned().collect();
        (!actions.is_empty()).then(|| Self { actions, ..self.clone() })
    }

    /// Whether any token could get this scope: only repositories exist here.
    fn is_grantable(&self) -> bool {
        self.kind == "repository" && !self.actions.is_empty() && repository::is_repository_name(&self.name)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.kind, self.name, self.actions.join(","))
    }
}

/// Parses all scopes of a request: each parameter may contain several, separated by spaces. Empty and invalid ones are
/// skipped. Duplicates are merged before the number is limited.
pub fn parse_all<'a>(parameters: impl IntoIterator<Item = &'a str>) -> Vec<Scope> {
    // Actions are added only to known scopes, so a scope above the limit costs one comparison per known one.
    let mut merged: Vec<(Scope, BTreeSet<String>)> = Vec::new();
    let mut counts = [0; 2];
    for scope in parameters.into_iter().flat_map(|text| text.split(' ')).filter_map(Scope::parse) {
        let known = merged.iter_mut().find(|(known, _)| known.kind == scope.kind && known.name == scope.name);
        if let Some((_, actions)) = known {
            actions.extend(scope.actions);
            continue;
        }
        let count = &mut counts[usize::from(scope.is_grantable())];
        if *count < MAX_SCOPES {
            *count += 1;
            let actions = scope.actions.iter().cloned().collect();
            merged.push((scope, actions));
        }
    }
    merged.into_iter().map(|(scope, actions)| Scope { actions: actions.into_iter().collect(), ..scope }).collect()
}

/// The granted scopes in one line, for the response to a POST.
pub fn format_all(scopes: &[Scope]) -> String {
    scopes.iter().map(Scope::to_string).collect::<Vec<_>>().join(" ")
}

/// Formats untrusted scopes in one line for storage and logs: those that fit into `most` characters, and the number of the
/// rest.
pub fn line(scopes: &[Scope], most: usize) -> String {
    let mut line = String::new();
    for (at, scope) in scopes.iter().enumerate() {
        let text = audit::sanitize_untrusted(&scope.to_string(), most);
        if at > 0 && line.chars().count() + text.chars().count() >= most {
            return format!("{line} and {} more", scopes.len() - at);
        }
        if at > 0 {
            line.push(' ');
        }
        line.push_str(&text);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{MAX_SCOPES, format_all, parse_all};

    #[test]
    fn repeated_and_joined_scopes_are_merged() {
        let scopes = parse_all(["repository:a/b:pull repository:c:push,pull", "", "repository:a/b:push,pull"]);
        assert_eq!(format_all(&scopes), "repository:a/b:pull,push repository:c:pull,push");
    }

    #[test]
    fn a_name_may_hold_a_port_and_a_type_a_class() {
        let scopes = parse_all(["repository(plugin):host:5000/a/b:pull"]);
        assert_eq!((scopes[0].kind.as_str(), scopes[0].name.as_str()), ("repository", "host:5000/a/b"));
    }

    #[test]
    fn garbage_is_passed_over() {
        for garbage in ["", " ", "x", "repository", "repository:", "repository:a", ":a:pull", "repository::pull", "::"] {
            assert!(parse_all([garbage]).is_empty(), "{garbage}");
        }
        let many = "repository:a:pull ".repeat(3) + &(0..200).map(|n| format!("repository:r{n}:pull ")).collect::<String>();
        assert_eq!(parse_all([many.as_str()]).len(), MAX_SCOPES);
    }

    #[test]
    fn repetitions_and_what_nobody_has_do_not_hide_a_scope() {
        let wanted = "repository:wanted:pull";
        let many = |text: &dyn Fn(usize) -> String| (0..120).map(text).collect::<Vec<_>>().join(" ");
        for before in [
            many(&|_| "repository:a:pull".to_owned()),
            many(&|n| format!("repository:a:{}", if n % 2 == 0 { "pull" } else { "push" })),
            many(&|n| format!("repository{}:a:pull", if n % 2 == 0 { "(plugin)" } else { "" })),
            many(&|n| format!("registry:catalog-{n}:*")),
            many(&|n| format!("repository:UPPER-{n}:pull")),
        ] {
            let scopes = format_all(&parse_all([before.as_str(), wanted]));
            assert!(scopes.ends_with(wanted), "{before}: {scopes}");
        }
        let named = many(&|n| format!("repository:r{n}:pull"));
        let late = format_all(&parse_all([format!("{named} repository:r0:push").as_str()]));
        assert!(late.starts_with("repository:r0:pull,push "), "merged though the number is reached: {late}");
    }
}
