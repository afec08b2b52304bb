//! Brings the database in line with a checked catalogue, in one transaction.
//!
//! The file is the whole truth for each project and product it names; what it does not name is untouched.

use std::collections::{BTreeSet, HashMap};

use crate::{
    models::audit::ChangeAction,
    server::{
        clock::Day,
        id,
        service::{Origin, audit},
        state::AppState,
        store::{
            StoreError, Tx, accounts,
            audit::{AuditEntry, Entries},
            database::Value,
            projects,
        },
    },
};

use super::{Product, Project, User, check::Checked};

/// Why nothing was applied.
pub enum ImportError {
    /// Every error of the catalogue, each with its JSON path.
    Wrong(Vec<String>),
    Store(StoreError),
}

impl From<StoreError> for ImportError {
    fn from(cause: StoreError) -> Self {
        Self::Store(cause)
    }
}

/// Applies a catalogue, or with `dry_run` only says what it would do. Returns one line a change.
///
/// # Errors
/// [`ImportError`]; nothing was applied.
pub async fn import(state: &AppState, checked: &Checked, dry_run: bool) -> Result<Vec<String>, ImportError> {
    let (tx, changes) = apply(state, state.db.begin().await?, checked).await?;
    if !dry_run {
        keep(state, tx, &changes).await?;
    }
    Ok(changes.into_iter().map(|(_, change)| change).collect())
}

/// A change: the project that it is about, and what it is.
pub(super) type Change = (Option<String>, String);

/// Brings what the transaction sees in line with the catalogue.
pub(super) async fn apply(state: &AppState, mut conn: Tx, checked: &Checked) -> Result<(Tx, Vec<Change>), ImportError> {
    let Checked { catalogue, findings } = checked;
    let errors = findings.errors(&mut conn).await?;
    if !errors.is_empty() {
        return Err(ImportError::Wrong(errors));
    }
    let mut import = Import { state, conn, changes: Vec::new(), user_ids: HashMap::new(), today: state.clock.today() };
    for product in &catalogue.products {
        import.product(product).await?;
    }
    for user in &catalogue.users {
        import.user(user).await?;
    }
    accounts::end_sessions_of_inactive(&mut import.conn).await?;
    for project in &catalogue.projects {
        import.project(project).await?;
    }
    Ok((import.conn, import.changes))
}

/// Makes the changes last, each with its row in the audit trail.
async fn keep(state: &AppState, mut tx: Tx, changes: &[Change]) -> Result<(), StoreError> {
    let entries = changes.iter().map(|(project_key, change)| AuditEntry {
        project_key: project_key.clone(),
        detail: change.clone(),
        ..audit::entry(state, "operator", ChangeAction::CatalogueImported, &Origin::command_line())
    });
    match Entries::of(entries.collect()) {
        Some(entries) => {
            count(&mut tx, changes).await?;
            tx.commit(entries).await
        }
        None => Ok(()),
    }
}

/// Open pages notice what changed.
async fn count(tx: &mut Tx, changes: &[Change]) -> Result<(), StoreError> {
    let about: BTreeSet<Option<&str>> = changes.iter().map(|(project_key, _)| project_key.as_deref()).collect();
    for project_key in about.iter().flatten() {
        projects::touch(tx, project_key).await?;
    }
    if about.contains(&None) {
        projects::touch_all(tx).await?;
    }
    Ok(())
}

pub(super) struct Import<'a> {
    state: &'a AppState,
    pub(super) conn: Tx,
    changes: Vec<Change>,
    /// By e-mail.
    user_ids: HashMap<String, String>,
    pub(super) today: Day,
}

impl Import<'_> {
    pub(super) fn changed(&mut self, project: Option<&str>, change: String) {
        self.changes.push((project.map(str::to_owned), change));
    }

    async fn product(&mut self, product: &Product) -> Result<(), StoreError> {
        let key = &product.key;
        let known: Option<(String,)> = self.conn.optional("SELECT name FROM products WHERE key = $1", &[key.into()]).await?;
        let values = [key.into(), (&product.name).into()];
        match known {
            None => {
                self.conn.execute("INSERT INTO products (key, name) VALUES ($1, $2)", &values).await?;
                self.changed(None, format!("product {key}: added"));
            }
            Some((name,)) if name != product.name => {
                self.conn.execute("UPDATE products SET name = $2 WHERE key = $1", &values).await?;
                self.changed(None, format!("product {key}: name {:?}", product.name));
            }
            Some(_) => {}
        }
        let sql = "SELECT pattern FROM product_repositories WHERE product_key = $1 ORDER BY pattern";
        let known: Vec<(String,)> = self.conn.all(sql, &[key.into()]).await?;
        for (pattern,) in known.iter().filter(|(pattern,)| !product.repositories.contains(pattern)) {
            let sql = "DELETE FROM product_repositories WHERE product_key = $1 AND pattern = $2";
            self.conn.execute(sql, &[key.into(), pattern.into()]).await?;
            self.changed(None, format!("product {key}: repository {pattern} removed"));
        }
        for pattern in product.repositories.iter().filter(|pattern| !known.iter().any(|(known,)| known == *pattern)) {
            let sql = "INSERT INTO product_repositories (product_key, pattern) VALUES ($1, $2)";
            self.conn.execute(sql, &[key.into(), pattern.into()]).await?;
            self.changed(None, format!("product {key}: repository {pattern} added"));
        }
        Ok(())
    }

    async fn user(&mut self, user: &User) -> Result<(), StoreError> {
        let email = &user.email;
        let sql = "SELECT id, name, active FROM users WHERE email = $1";
        let known: Option<(String, String, i64)> = self.conn.optional(sql, &[email.into()]).await?;
        let id = match known {
            None => {
                let id = id::new(self.state.clock.now_millis(), &self.state.random);
                let sql = "INSERT INTO users (id, email, name, active) VALUES ($1, $2, $3, $4)";
                self.conn.execute(sql, &[(&id).into(), email.into(), (&user.name).into(), user.active.into()]).await?;
                self.changed(None, format!("user {email}: added{}", inactive(user)));
                id
            }
            Some((id, name, active)) => {
                if name != user.name || (active != 0) != user.active {
                    let sql = "UPDATE users SET name = $2, active = $3 WHERE id = $1";
                    self.conn.execute(sql, &[(&id).into(), (&user.name).into(), user.active.into()]).await?;
                    self.changed(None, person_change("user", user, &name, active != 0));
                }
                id
            }
        };
        self.user_ids.insert(email.clone(), id);
        Ok(())
    }

    async fn project(&mut self, project: &Project) -> Result<(), StoreError> {
        let key = &project.key;
        let sql = "SELECT name, type, support_tier, closed FROM projects WHERE key = $1";
        let known: Option<(String, String, String, i64)> = self.conn.optional(sql, &[key.into()]).await?;
        let new = (project.name.clone(), project.kind.clone(), project.support_tier.clone(), i64::from(project.closed));
        let lower = key.to_lowercase();
        let values: [Value<'_>; 6] = [
            key.into(),
            (&lower).into(),
            (&project.name).into(),
            (&project.kind).into(),
            (&project.support_tier).into(),
            project.closed.into(),
        ];
        match known {
            None => {
                let sql =
                    "INSERT INTO projects (key, key_lower, name, type, support_tier, closed) VALUES ($1, $2, $3, $4, $5, $6)";
                self.conn.execute(sql, &values).await?;
                self.changed(Some(key), format!("project {key}: added"));
            }
            Some(known) if known != new => {
                let sql =
                    "UPDATE projects SET key_lower = $2, name = $3, type = $4, support_tier = $5, closed = $6 WHERE key = $1";
                self.conn.execute(sql, &values).await?;
                let change = match (known.3 != 0, project.closed) {
                    (false, true) => "closed",
                    (true, false) => "opened again",
                    _ => "details changed",
                };
                self.changed(Some(key), format!("project {key}: {change}"));
            }
            Some(_) => {}
        }
        self.subscriptions(project).await?;
        self.members(project).await?;
        self.service_users(project).await
    }

    async fn members(&mut self, project: &Project) -> Result<(), StoreError> {
        let key = &project.key;
        let sql =
            "SELECT u.email, m.role FROM members m JOIN users u ON u.id = m.user_id WHERE m.project_key = $1 ORDER BY u.email";
        let known: Vec<(String, String)> = self.conn.all(sql, &[key.into()]).await?;
        for member in &project.members {
            let (email, role) = (&member.email, member.role.as_str());
            let user_id = self.user_id(email).await?;
            let values = [key.into(), (&user_id).into(), role.into()];
            match known.iter().find(|(known, _)| known == email) {
                None => {
                    self.conn.execute("INSERT INTO members (project_key, user_id, role) VALUES ($1, $2, $3)", &values).await?;
                    self.changed(Some(key), format!("project {key}: {email} joined as {role}"));
                }
                Some((_, known)) if known != role => {
                    let sql = "UPDATE members SET role = $3 WHERE project_key = $1 AND user_id = $2";
                    self.conn.execute(sql, &values).await?;
                    self.changed(Some(key), format!("project {key}: {email} is now {role}"));
                }
                Some(_) => {}
            }
        }
        for (email, _) in known {
            if !project.members.iter().any(|member| member.email == email) {
                let sql = "DELETE FROM members WHERE project_key = $1 AND user_id = (SELECT id FROM users WHERE email = $2)";
                self.conn.execute(sql, &[key.into(), (&email).into()]).await?;
                self.changed(Some(key), format!("project {key}: {email} left"));
            }
        }
        Ok(())
    }

    async fn user_id(&mut self, email: &str) -> Result<String, StoreError> {
        if let Some(id) = self.user_ids.get(email) {
            return Ok(id.clone());
        }
        let known: Option<(String,)> = self.conn.optional("SELECT id FROM users WHERE email = $1", &[email.into()]).await?;
        let id = known.map(|(id,)| id).unwrap_or_default();
        self.user_ids.insert(email.to_owned(), id.clone());
        Ok(id)
    }

    async fn service_users(&mut self, project: &Project) -> Result<(), StoreError> {
        let key = &project.key;
        let sql = "SELECT email, name, active FROM service_users WHERE project_key = $1 ORDER BY email";
        let known: Vec<(String, String, i64)> = self.conn.all(sql, &[key.into()]).await?;
        for user in &project.service_users {
            let values = [key.into(), (&user.email).into(), (&user.name).into(), user.active.into()];
            match known.iter().find(|(email, ..)| *email == user.email) {
                None => {
                    let sql = "INSERT INTO service_users (project_key, email, name, active) VALUES ($1, $2, $3, $4)";
                    self.conn.execute(sql, &values).await?;
                    self.changed(Some(key), format!("project {key}: service user {} added{}", user.email, inactive(user)));
                }
                Some((_, name, active)) if *name != user.name || (*active != 0) != user.active => {
                    let sql = "UPDATE service_users SET name = $3, active = $4 WHERE project_key = $1 AND email = $2";
                    self.conn.execute(sql, &values).await?;
                    let change = person_change("service user", user, name, *active != 0);
                    self.changed(Some(key), format!("project {key}: {change}"));
                }
                Some(_) => {}
            }
        }
        for (email, _, active) in known {
            if active != 0 && !project.service_users.iter().any(|user| user.email == email) {
                let sql = "UPDATE service_users SET active = 0 WHERE project_key = $1 AND email = $2";
                self.conn.execute(sql, &[key.into(), (&email).into()]).await?;
                self.changed(Some(key), format!("project {key}: service user {email} deactivated"));
            }
        }
        Ok(())
    }
}

fn inactive(user: &User) -> &'static str {
    if user.active { "" } else { ", not active" }
}

fn person_change(what: &str, user: &User, known_name: &str, known_active: bool) -> String {
    let change = match (known_active, user.active) {
        (true, false) => "deactivated".to_owned(),
        (false, true) => "activated".to_owned(),
        _ => format!("name {:?}, was {known_name:?}", user.name),
    };
    format!("{what} {}: {change}", user.email)
}
