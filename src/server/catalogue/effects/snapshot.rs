//! Who may do what at one moment of a transaction.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::server::{
    clock::Day,
    db::{Conn, StoreError},
    projects::periods,
};

/// Everything that decides a pull or a sign-in.
#[derive(Debug, Default)]
pub struct Snapshot {
    pub(super) projects: BTreeMap<String, ProjectState>,
    /// By id.
    pub(super) users: HashMap<String, UserState>,
    /// Patterns by product.
    pub(super) repositories: BTreeMap<String, BTreeSet<String>>,
    /// By project and id.
    pub(super) tokens: BTreeMap<String, BTreeMap<String, TokenState>>,
}

#[derive(Debug, Default)]
pub(super) struct ProjectState {
    pub is_closed: bool,
    /// Roles by the user's id.
    pub members: BTreeMap<String, String>,
    /// By e-mail.
    pub service_users: BTreeMap<String, UserState>,
    /// By product: what overlaps or follows without a gap is one.
    pub access: BTreeMap<String, Vec<(Day, Day)>>,
}

#[derive(Debug, Clone)]
pub(super) struct UserState {
    pub email: String,
    pub name: String,
    pub is_active: bool,
}

#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct TokenState {
    pub id: String,
    pub project_key: String,
    /// The e-mail of whoever it was made for.
    pub owner: String,
    pub disabled_at: Option<i64>,
    pub owner_active: i64,
    pub owner_present: i64,
    /// Keys with blanks between.
    pub products: Option<String>,
}

impl TokenState {
    pub fn holds(&self, product: &str) -> bool {
        self.products.as_deref().unwrap_or_default().split(' ').any(|held| held == product)
    }

    /// Whether its owner may use it and nobody paused it, whatever is subscribed to.
    pub fn is_enabled(&self) -> bool {
        self.disabled_at.is_none() && self.owner_active != 0 && self.owner_present != 0
    }
}

impl Snapshot {
    /// Reads the state that the transaction sees.
    pub async fn read(conn: &mut Conn) -> Result<Self, StoreError> {
        let mut snapshot = Self::default();
        snapshot.read_projects(conn).await?;
        snapshot.read_people(conn).await?;
        let sql = "SELECT product_key, pattern FROM product_repositories";
        for (product, pattern) in conn.all::<(String, String)>(sql, &[]).await? {
            snapshot.repositories.entry(product).or_default().insert(pattern);
        }
        let sql = "SELECT t.id, t.project_key, coalesce(u.email, t.created_for_service_user, '') AS owner, t.disabled_at,
                          coalesce(u.active, s.active, 0) AS owner_active,
                          CASE WHEN m.role IS NOT NULL OR s.email IS NOT NULL THEN 1 ELSE 0 END + CAST(0 AS BIGINT) AS owner_present,
                          (SELECT string_agg(p.product_key, ' ') FROM token_products p WHERE p.token_id = t.id) AS products
                   FROM tokens t
                   LEFT JOIN users u ON u.id = t.created_for_user
                   LEFT JOIN members m ON m.project_key = t.project_key AND m.user_id = t.created_for_user
                   LEFT JOIN service_users s ON s.project_key = t.project_key AND s.email = t.created_for_service_user";
        for token in conn.all::<TokenState>(sql, &[]).await? {
            snapshot.tokens.entry(token.project_key.clone()).or_default().insert(token.id.clone(), token);
        }
        Ok(snapshot)
    }

    /// The tokens of a project.
    pub(super) fn tokens_of(&self, project: &str) -> impl Iterator<Item = &TokenState> {
        self.tokens.get(project).into_iter().flat_map(BTreeMap::values)
    }

    async fn read_projects(&mut self, conn: &mut Conn) -> Result<(), StoreError> {
        for (key, closed) in conn.all::<(String, i64)>("SELECT key, closed FROM projects", &[]).await? {
            self.projects.entry(key).or_default().is_closed = closed != 0;
        }
        let sql = "SELECT project_key, product_key, starts, ends FROM subscriptions";
        let mut access: BTreeMap<(String, String), Vec<(Day, Day)>> = BTreeMap::new();
        for (project, product, starts, ends) in conn.all::<(String, String, String, String)>(sql, &[]).await? {
            access.entry((project, product)).or_default().extend(Day::parse(&starts).zip(Day::parse(&ends)));
        }
        for ((project, product), days) in access {
            self.projects.entry(project).or_default().access.insert(product, periods::union(days));
        }
        Ok(())
    }

    async fn read_people(&mut self, conn: &mut Conn) -> Result<(), StoreError> {
        let sql = "SELECT id, email, name, active FROM users";
        for (id, email, name, active) in conn.all::<(String, String, String, i64)>(sql, &[]).await? {
            self.users.insert(id, UserState { email, name, is_active: active != 0 });
        }
        let sql = "SELECT project_key, user_id, role FROM members";
        for (project, user, role) in conn.all::<(String, String, String)>(sql, &[]).await? {
            self.projects.entry(project).or_default().members.insert(user, role);
        }
        let sql = "SELECT project_key, email, name, active FROM service_users";
        for (project, email, name, active) in conn.all::<(String, String, String, i64)>(sql, &[]).await? {
            let user = UserState { email: email.clone(), name, is_active: active != 0 };
            self.projects.entry(project).or_default().service_users.insert(email, user);
        }
        Ok(())
    }

    /// Whether a project may use a product on a day.
    pub(super) fn runs(&self, project: &str, product: &str, today: Day) -> bool {
        let spans = self.projects.get(project).and_then(|project| project.access.get(product));
        spans.is_some_and(|spans| spans.iter().any(|(starts, ends)| *starts <= today && today <= *ends))
    }

    /// Whether a token lets its owner in on a day.
    pub(super) fn works(&self, token: &TokenState, today: Day) -> bool {
        let products = token.products.as_deref().unwrap_or_default();
        token.is_enabled() && products.split(' ').any(|product| self.runs(&token.project_key, product, today))
    }
}
