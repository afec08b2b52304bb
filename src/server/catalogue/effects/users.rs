//! Effects on users and service users: they leave a project, are deactivated, or change their e-mail.

use super::{
    effect::{Effect, Kind},
    snapshot::{ProjectState, Snapshot, UserState},
};

/// Compares the users of one project.
pub(super) fn effects(before: &Snapshot, after: &Snapshot, key: &str) -> Vec<Effect> {
    let (Some(old), Some(new)) = (before.projects.get(key), after.projects.get(key)) else { return Vec::new() };
    let mut effects = members(before, after, old, new);
    effects.extend(service_users(old, new));
    effects
}

fn members(before: &Snapshot, after: &Snapshot, old: &ProjectState, new: &ProjectState) -> Vec<Effect> {
    let mut effects = Vec::new();
    // Users that the import creates: one of them may be a known user with a new e-mail.
    let mut newcomers: Vec<&UserState> =
        new.members.keys().filter(|id| !before.users.contains_key(*id)).filter_map(|id| after.users.get(id)).collect();
    for (id, role) in &old.members {
        let Some(user) = before.users.get(id) else { continue };
        let email = &user.email;
        let is_active = after.users.get(id).is_some_and(|user| user.is_active);
        let words = match new.members.get(id) {
            None => match successor(user, &mut newcomers) {
                Some(other) => format!(
                    "{email} leaves and {} joins: if this is one person with a new e-mail, they need a new password, and \
                     tokens of their own anew",
                    other.email
                ),
                None => format!("{email} leaves"),
            },
            Some(_) if user.is_active && !is_active => format!("{email} is deactivated: signed out, and cannot sign in"),
            Some(now) if role == "admin" && now != "admin" => {
                format!("{email} is no longer an admin: sees and changes their own tokens only")
            }
            Some(_) if !user.is_active && is_active => {
                effects.push(Effect::one(Kind::WorksAgain, format!("{email} is active again, and can sign in")));
                continue;
            }
            Some(_) => continue,
        };
        effects.push(Effect::one(Kind::PersonLoses, words));
    }
    let has_admin = |project: &ProjectState, snapshot: &Snapshot| {
        let mut admins = project.members.iter().filter(|(_, role)| *role == "admin");
        admins.any(|(id, _)| snapshot.users.get(id).is_some_and(|user| user.is_active))
    };
    if has_admin(old, before) && !has_admin(new, after) {
        effects.push(Effect { kind: Kind::PersonLoses, count: 0, words: "no active admin is left".to_owned() });
    }
    effects
}

fn service_users(old: &ProjectState, new: &ProjectState) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut newcomers: Vec<&UserState> =
        new.service_users.values().filter(|user| !old.service_users.contains_key(&user.email)).collect();
    for (email, user) in old.service_users.iter().filter(|(_, user)| user.is_active) {
        if new.service_users.get(email).is_some_and(|user| user.is_active) {
            continue;
        }
        let words = match successor(user, &mut newcomers) {
            Some(other) => format!(
                "service user {email} is deactivated and {} is added: if this is one with a new e-mail, it needs new tokens",
                other.email
            ),
            None => format!("service user {email} is deactivated"),
        };
        effects.push(Effect::one(Kind::ServiceUserStops, words));
    }
    effects
}

/// Finds a new user who is probably the same with another e-mail: same name, or same part before the `@`.
fn successor<'a>(user: &UserState, newcomers: &mut Vec<&'a UserState>) -> Option<&'a UserState> {
    let local = |user: &UserState| user.email.split('@').next().unwrap_or_default().to_owned();
    let same_name = newcomers.iter().position(|other| other.name.to_lowercase() == user.name.to_lowercase());
    let found = same_name.or_else(|| newcomers.iter().position(|other| local(other) == local(user)));
    found.map(|at| newcomers.remove(at))
}
