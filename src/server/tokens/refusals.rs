//! Explains a token's denials: what was requested, why it was denied according to today's state, and the remedy.

use std::collections::BTreeMap;

use crate::{
    models::{
        project::ProjectView,
        repository, status_words,
        token::{TokenRow, TokenStatus},
        words::in_words,
    },
    server::{
        clock::Day,
        projects::periods::{self, Coverage},
        registry::{
            denial_reason::{DenialReason, Remedy},
            scope::{self, Scope},
        },
    },
};

/// The data that explains denials.
pub(super) struct Refusals<'a> {
    project: &'a ProjectView,
    token: &'a TokenRow,
    /// Product key and pattern, for all products of the project.
    patterns: Vec<(String, String)>,
    access: BTreeMap<&'a str, Coverage>,
    today: Day,
}

/// The explanation of a denial.
pub(super) struct Explained {
    /// What was denied; for a login, the reason.
    pub what: String,
    /// The cause and the remedy: sentences without the last full stop.
    pub why: String,
    /// Whether Re-sync is the remedy.
    pub resync_helps: bool,
}

impl Explained {
    fn new(what: &str, why: impl Into<String>) -> Self {
        Self { what: what.to_owned(), why: why.into(), resync_helps: false }
    }
}

impl<'a> Refusals<'a> {
    pub fn new(project: &'a ProjectView, token: &'a TokenRow, patterns: Vec<(String, String)>, today: Day) -> Self {
        Self { project, token, patterns, access: periods::by_product(&project.subscriptions, today), today }
    }

    /// Explains a denied login: the reason is from the time of the login, the remedy is today's.
    pub fn of_login(&self, detail: &str) -> Explained {
        DenialReason::parse(detail).map_or_else(|| Explained::new(detail, ""), |reason| self.of_reason(reason))
    }

    fn of_reason(&self, reason: DenialReason) -> Explained {
        let what = reason.in_words();
        match reason.remedy() {
            Remedy::Do(remedy) => Explained::new(what, remedy),
            Remedy::NewestSecret if self.project.closed => Explained::new(what, "Use the newest secret"),
            Remedy::NewestSecret => Explained::new(what, "Use the newest secret; a lost one means Re-generate Secret"),
            Remedy::TokenMustWork => Explained::new(what, self.until_it_works()),
            Remedy::SubscriptionMustRun => self.of_expired(what),
        }
    }

    /// Explains logins above the rate limit.
    pub fn of_throttled(&self, detail: &str) -> Explained {
        match DenialReason::of_throttled(detail) {
            Some(reason) => Explained { what: detail.to_owned(), ..self.of_reason(reason) },
            None => Explained::new(detail, "The refusals before say why. A login that is right is let in all the same"),
        }
    }

    fn until_it_works(&self) -> String {
        let obstacles = self.token.obstacles();
        if obstacles.is_none() {
            "It works again".to_owned()
        } else {
            format!("It does not work until {}", obstacles.until(true))
        }
    }

    fn of_expired(&self, what: &str) -> Explained {
        let token = self.token;
        if token.days_left.is_some() {
            return Explained::new(what, "A subscription is running again");
        }
        let ended =
            token.products.iter().filter_map(|product| Some((product.ends.as_deref().and_then(Day::parse)?, &product.key)));
        let ended = ended.filter(|(end, _)| *end < self.today).max();
        let ended = ended.map(|(end, key)| format!("The subscription to {key} ended on {end}. ")).unwrap_or_default();
        let remedy = status_words::remedy(token).filter(|_| token.status == TokenStatus::Expired).unwrap_or_default();
        let why = format!("{ended}{remedy}").trim_end_matches([' ', '.']).to_owned();
        Explained { resync_helps: !remedy.is_empty() && token.resync_end.is_some(), ..Explained::new(what, why) }
    }

    /// Explains why a token does not open the requested scopes (in one line).
    pub fn of_pull(&self, asked: &str) -> Explained {
        let mut found: Vec<(String, bool, Vec<String>)> = Vec::new();
        for scope in scope::parse_all([asked]) {
            let (why, helps) = self.of_scope(&scope);
            match found.iter_mut().find(|(known, ..)| *known == why) {
                Some((.., names)) => names.push(scope.name),
                None => found.push((why, helps, vec![scope.name])),
            }
        }
        let resync_helps = found.iter().any(|(_, helps, _)| *helps);
        let is_one = found.len() == 1;
        let why = found.into_iter().map(|(why, _, names)| if is_one { why } else { format!("{}: {why}", in_words(&names)) });
        Explained { what: in_short(asked), why: why.collect::<Vec<_>>().join(". "), resync_helps }
    }

    fn of_scope(&self, scope: &Scope) -> (String, bool) {
        if scope.kind != "repository" {
            return ("A token opens repositories only".to_owned(), false);
        }
        let opening = self.patterns.iter().filter(|(_, pattern)| repository::opens(pattern, &scope.name));
        let products: Vec<(&str, bool, Option<&Coverage>)> = opening
            .map(|(key, _)| {
                let held = self.token.products.iter().any(|product| product.key == *key);
                (key.as_str(), held, self.access.get(key.as_str()))
            })
            .collect();
        let running = |is_held: bool| {
            let runs =
                |(_, held, access): &&(&str, bool, Option<&Coverage>)| *held == is_held && access.is_some_and(|a| a.running);
            products.iter().find(runs).map(|(key, ..)| *key)
        };
        if running(true).is_some() {
            let pulls = scope.actions.iter().any(|action| action == "pull");
            let opens = if self.token.obstacles().is_none() { "The token opens it now" } else { "The token holds it now" };
            return (if pulls { opens } else { "A token can pull only" }.to_owned(), false);
        }
        if let Some(key) = running(false) {
            let is_closed = self.project.closed;
            let remedy = if is_closed { "" } else { ": Re-sync adds it" };
            return (format!("{key} is not in this token{remedy}"), !is_closed);
        }
        // Prefer a product that the token has: it explains more.
        let closest = products.iter().max_by_key(|(_, held, access)| (*held, access.map(|access| access.ends)));
        let why = match closest {
            None => "No product of this project has a repository of that name".to_owned(),
            Some((key, _, Some(access))) if access.ends < self.today => {
                let again = access.next_start.map(|day| format!(" and begins again on {day}")).unwrap_or_default();
                format!("The subscription to {key} ended on {}{again}", access.ends)
            }
            Some((key, _, access)) => match access.and_then(|access| access.next_start) {
                Some(day) => format!("The subscription to {key} begins on {day}"),
                None => format!("The project has no subscription to {key}"),
            },
        };
        (why, false)
    }
}

/// Shortens the requested scopes: for a repository its name, with the actions unless it is only pull.
fn in_short(asked: &str) -> String {
    let short = |word: &str| match &scope::parse_all([word])[..] {
        [Scope { kind, name, actions }] if kind == "repository" => match &actions[..] {
            [action] if action == "pull" => name.clone(),
            actions => format!("{name} ({})", actions.join(", ")),
        },
        _ => word.to_owned(),
    };
    let (scopes, more) = asked.split_once(" and ").unwrap_or((asked, ""));
    let scopes = scopes.split(' ').map(short).collect::<Vec<_>>().join(", ");
    if more.is_empty() { scopes } else { format!("{scopes} and {more}") }
}
