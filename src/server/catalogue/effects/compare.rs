//! Compares two snapshots, and counts the effects per project.

use std::collections::{BTreeMap, BTreeSet};

use crate::server::clock::Day;

use super::{
    access,
    effect::{Effect, Kind},
    snapshot::Snapshot,
    users,
};

/// The effects as lines: one with the total counts, then for each project one with its counts and one per effect.
pub fn lines(before: &Snapshot, after: &Snapshot, today: Day) -> Vec<String> {
    let projects: BTreeSet<&String> = before.projects.keys().chain(after.projects.keys()).collect();
    let by_project: Vec<(&String, Vec<Effect>)> = projects
        .into_iter()
        .map(|key| (key, of_project(before, after, key, today)))
        .filter(|(_, effects)| !effects.is_empty())
        .collect();
    if by_project.is_empty() {
        return vec!["For people: nobody loses anything.".to_owned()];
    }
    let all = counted(by_project.iter().flat_map(|(_, effects)| effects));
    let mut lines = vec![format!("For people: {all}.")];
    for (key, mut effects) in by_project {
        lines.push(format!("project {key}: {}", counted(&effects)));
        effects.sort_by_key(|effect| effect.kind);
        lines.extend(effects.into_iter().map(|effect| format!("  {}", effect.words)));
    }
    lines
}

fn of_project(before: &Snapshot, after: &Snapshot, key: &str, today: Day) -> Vec<Effect> {
    let mut effects = tokens(before, after, key, today);
    effects.extend(access::effects(before, after, key, today));
    effects.extend(users::effects(before, after, key));
    let is_closed = |snapshot: &Snapshot| snapshot.projects.get(key).is_some_and(|project| project.is_closed);
    if before.projects.contains_key(key) && is_closed(after) && !is_closed(before) {
        let tokens = match after.tokens_of(key).count() {
            1 => "its token can".to_owned(),
            count => format!("its {count} tokens can"),
        };
        effects.push(Effect::one(Kind::ProjectCloses, format!("the project is closed: {tokens} be seen and used, not changed")));
    }
    effects
}

/// Tokens that stop, and tokens that work again, counted by owner.
fn tokens(before: &Snapshot, after: &Snapshot, key: &str, today: Day) -> Vec<Effect> {
    let mut stopped: BTreeMap<&str, usize> = BTreeMap::new();
    let mut revived: BTreeMap<&str, usize> = BTreeMap::new();
    for token in before.tokens_of(key) {
        let Some(later) = after.tokens.get(key).and_then(|tokens| tokens.get(&token.id)) else { continue };
        match (before.works(token, today), after.works(later, today)) {
            (true, false) => *stopped.entry(&token.owner).or_default() += 1,
            (false, true) => *revived.entry(&token.owner).or_default() += 1,
            _ => {}
        }
    }
    let whose = |owners: &BTreeMap<&str, usize>| {
        owners.iter().map(|(owner, count)| format!("{count} of {owner}")).collect::<Vec<_>>().join(", ")
    };
    let mut effects = Vec::new();
    for (kind, owners, one, many) in [
        (Kind::TokenStops, stopped, "token stops", "tokens stop"),
        (Kind::WorksAgain, revived, "token works again", "tokens work again"),
    ] {
        let count = owners.values().sum();
        if count > 0 {
            let words = format!("{count} {}: {}", if count == 1 { one } else { many }, whose(&owners));
            effects.push(Effect { kind, count, words });
        }
    }
    effects
}

/// Formats counts, for example `3 tokens stop, 1 person leaves or loses a right`.
fn counted<'a>(effects: impl IntoIterator<Item = &'a Effect>) -> String {
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    for effect in effects {
        *counts.entry(effect.kind).or_default() += effect.count;
    }
    let told = Kind::ALL.into_iter().filter_map(|kind| counts.get(&kind).map(|count| kind.count(*count)));
    told.collect::<Vec<_>>().join(", ")
}
