//! A snapshot of everybody's rights, at one point of a transaction.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::server::{
    catalogue::store::{self, TokenState},
    clock::Day,
    db::{Conn, StoreError},
    projects::periods,
};

/// The data that decides pulls and sign-ins.
#[derive(Debug, Default)]
pub struct Snapshot {
    pub(super) projects: BTreeMap<String, ProjectState>,
    /// Users by id.
    pub(super) users: HashMap<String, UserState>,
    /// Repository patterns by product.
    pub(super) repositories: BTreeMap<String, BTreeSet<String>>,
    /// Tokens by project and id.
    pub(super) tokens: BTreeMap<String, BTreeMap<String, TokenState>>,
}

#[derive(Debug, Default)]
pub(super) struct ProjectState {
    pub is_closed: bool,
    /// Roles by user id.
    pub members: BTreeMap<String, String>,
    /// Service users by e-mail.
    pub service_users: BTreeMap<String, UserState>,
    /// Spans by product; overlapping and consecutive periods are merged.
    pub access: BTreeMap<String, Vec<(Day, Day)>>,
}

#[derive(Debug, Clone)]
pub(super) struct UserState {
    pub email: String,
    pub name: String,
    pub is_active: bool,
}

impl TokenState {
    pub fn holds(&self, product: &str) -> bool {
        self.products.as_deref().unwrap_or_default().split(' ').any(|held| held == product)
    }

    /// Whether its owner may use it and it is not disabled. Ignores subscriptions.
    pub fn is_enabled(&self) -> bool {
        self.disabled_at.is_none() && self.owner_active != 0 && self.owner_present != 0
    }
}

impl Snapshot {
    /// Reads the current state within the transaction.
    pub async fn read(conn: &mut Conn) -> Result<Self, StoreError> {
        let mut snapshot = Self::default();
        snapshot.read_projects(conn).await?;
        snapshot.read_people(conn).await?;
        for (product, pattern) in store::all_patterns(conn).await? {
            snapshot.repositories.entry(product).or_default().insert(pattern);
        }
        for token in store::all_tokens(conn).await? {
            snapshot.tokens.entry(token.project_key.clone()).or_default().insert(token.id.clone(), token);
        }
        Ok(snapshot)
    }

    /// The tokens of a project.
    pub(super) fn tokens_of(&self, project: &str) -> impl Iterator<Item = &TokenState> {
        self.tokens.get(project).into_iter().flat_map(BTreeMap::values)
    }

    async fn read_projects(&mut self, conn: &mut Conn) -> Result<(), StoreError> {
        for (key, closed) in store::all_projects(conn).await? {
            self.projects.entry(key).or_default().is_closed = closed != 0;
        }
        let mut access: BTreeMap<(String, String), Vec<(Day, Day)>> = BTreeMap::new();
        for (project, product, starts, ends) in store::all_subscriptions(conn).await? {
            access.entry((project, product)).or_default().extend(Day::parse(&starts).zip(Day::parse(&ends)));
        }
        for ((project, product), days) in access {
            self.projects.entry(project).or_default().access.insert(product, periods::union(days));
        }
        Ok(())
    }

    async fn read_people(&mut self, conn: &mut Conn) -> Result<(), StoreError> {
        for (id, email, name, active) in store::all_users(conn).await? {
            self.users.insert(id, UserState { email, name, is_active: active != 0 });
        }
        for (project, user, role) in store::all_members(conn).await? {
            self.projects.entry(project).or_default().members.insert(user, role);
        }
        for (project, email, name, active) in store::all_service_users(conn).await? {
            let user = UserState { email: email.clone(), name, is_active: active != 0 };
            self.projects.entry(project).or_default().service_users.insert(email, user);
        }
        Ok(())
    }

    /// Whether a subscription of the project to a product is running on a day.
    pub(super) fn runs(&self, project: &str, product: &str, today: Day) -> bool {
        let spans = self.projects.get(project).and_then(|project| project.access.get(product));
        spans.is_some_and(|spans| spans.iter().any(|(starts, ends)| *starts <= today && today <= *ends))
    }

    /// Whether a token works on a day: it is enabled, and a subscription to one of its products is running.
    pub(super) fn works(&self, token: &TokenState, today: Day) -> bool {
        let products = token.products.as_deref().unwrap_or_default();
        token.is_enabled() && products.split(' ').any(|product| self.runs(&token.project_key, product, today))
    }
}
