//! Applies a checked catalogue to the database in one transaction.
//!
//! For each project and product in the file, the file is complete; others are not changed.

use std::collections::{BTreeSet, HashMap};

use crate::{
    models::audit::ChangeAction,
    server::{
        accounts::store as accounts,
        audit::{
            Tx,
            store::{AuditEntry, Entries},
        },
        client_info::ClientInfo,
        clock::Day,
        context::Services,
        db::StoreError,
        id,
        projects::store as projects,
    },
};

use super::{
    Product, Project, User,
    check::Checked,
    store::{self, ProjectFields},
};

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

/// Applies a catalogue, or rolls back with `dry_run`. Returns one line per change.
///
/// # Errors
/// [`ImportError`]; nothing was applied.
pub async fn import(services: &Services, checked: &Checked, dry_run: bool) -> Result<Vec<String>, ImportError> {
    let (tx, changes) = apply(services, services.db.begin().await?, checked).await?;
    if !dry_run {
        keep(services, tx, &changes).await?;
    }
    Ok(changes.into_iter().map(|(_, change)| change).collect())
}

/// A change: the key of its project, if any, and its text.
pub(super) type Change = (Option<String>, String);

/// Applies the catalogue within the transaction, without a commit.
pub(super) async fn apply(services: &Services, mut conn: Tx, checked: &Checked) -> Result<(Tx, Vec<Change>), ImportError> {
    let Checked { catalogue, findings } = checked;
    let errors = findings.errors(&mut conn).await?;
    if !errors.is_empty() {
        return Err(ImportError::Wrong(errors));
    }
    let mut import = Import { services, conn, changes: Vec::new(), user_ids: HashMap::new(), today: services.clock.today() };
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

/// Commits the changes, each with its audit entry.
async fn keep(services: &Services, mut tx: Tx, changes: &[Change]) -> Result<(), StoreError> {
    let entries = changes.iter().map(|(project_key, change)| AuditEntry {
        project_key: project_key.clone(),
        detail: change.clone(),
        ..services.audit_entry("operator", ChangeAction::CatalogueImported, &ClientInfo::command_line())
    });
    match Entries::of(entries.collect()) {
        Some(entries) => {
            count(&mut tx, changes).await?;
            tx.commit(entries).await
        }
        None => Ok(()),
    }
}

/// Increments the revisions, so that open pages reload.
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
    services: &'a Services,
    pub(super) conn: Tx,
    changes: Vec<Change>,
    /// User ids by e-mail.
    user_ids: HashMap<String, String>,
    pub(super) today: Day,
}

impl Import<'_> {
    pub(super) fn changed(&mut self, project: Option<&str>, change: String) {
        self.changes.push((project.map(str::to_owned), change));
    }

    async fn product(&mut self, product: &Product) -> Result<(), StoreError> {
        let key = &product.key;
        match store::product_name(&mut self.conn, key).await? {
            None => {
                store::add_product(&mut self.conn, key, &product.name).await?;
                self.changed(None, format!("product {key}: added"));
            }
            Some(name) if name != product.name => {
                store::name_product(&mut self.conn, key, &product.name).await?;
                self.changed(None, format!("product {key}: name {:?}", product.name));
            }
            Some(_) => {}
        }
        let known = store::patterns(&mut self.conn, key).await?;
        for pattern in known.iter().filter(|pattern| !product.repositories.contains(pattern)) {
            store::remove_pattern(&mut self.conn, key, pattern).await?;
            self.changed(None, format!("product {key}: repository {pattern} removed"));
        }
        for pattern in product.repositories.iter().filter(|pattern| !known.contains(pattern)) {
            store::add_pattern(&mut self.conn, key, pattern).await?;
            self.changed(None, format!("product {key}: repository {pattern} added"));
        }
        Ok(())
    }

    async fn user(&mut self, user: &User) -> Result<(), StoreError> {
        let email = &user.email;
        let id = match store::user(&mut self.conn, email).await? {
            None => {
                let id = id::new(self.services.clock.now_millis(), &self.services.random);
                store::add_user(&mut self.conn, &id, email, &user.name, user.active).await?;
                self.changed(None, format!("user {email}: added{}", inactive(user)));
                id
            }
            Some((id, name, active)) => {
                if name != user.name || (active != 0) != user.active {
                    store::change_user(&mut self.conn, &id, &user.name, user.active).await?;
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
        let new = ProjectFields {
            name: project.name.clone(),
            kind: project.kind.clone(),
            support_tier: project.support_tier.clone(),
            closed: project.closed.into(),
        };
        match store::project(&mut self.conn, key).await? {
            None => {
                store::add_project(&mut self.conn, key, &new).await?;
                self.changed(Some(key), format!("project {key}: added"));
            }
            Some(known) if known != new => {
                store::change_project(&mut self.conn, key, &new).await?;
                let change = match (known.closed != 0, project.closed) {
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
        let known = store::members(&mut self.conn, key).await?;
        for member in &project.members {
            let (email, role) = (&member.email, member.role.as_str());
            let user_id = self.user_id(email).await?;
            match known.iter().find(|(known, _)| known == email) {
                None => {
                    store::add_member(&mut self.conn, key, &user_id, role).await?;
                    self.changed(Some(key), format!("project {key}: {email} joined as {role}"));
                }
                Some((_, known)) if known != role => {
                    store::change_member(&mut self.conn, key, &user_id, role).await?;
                    self.changed(Some(key), format!("project {key}: {email} is now {role}"));
                }
                Some(_) => {}
            }
        }
        for (email, _) in known {
            if !project.members.iter().any(|member| member.email == email) {
                store::remove_member(&mut self.conn, key, &email).await?;
                self.changed(Some(key), format!("project {key}: {email} left"));
            }
        }
        Ok(())
    }

    async fn user_id(&mut self, email: &str) -> Result<String, StoreError> {
        if let Some(id) = self.user_ids.get(email) {
            return Ok(id.clone());
        }
        let id = store::user(&mut self.conn, email).await?.map(|(id, ..)| id).unwrap_or_default();
        self.user_ids.insert(email.to_owned(), id.clone());
        Ok(id)
    }

    async fn service_users(&mut self, project: &Project) -> Result<(), StoreError> {
        let key = &project.key;
        let known = store::service_users(&mut self.conn, key).await?;
        for user in &project.service_users {
            match known.iter().find(|(email, ..)| *email == user.email) {
                None => {
                    store::add_service_user(&mut self.conn, key, &user.email, &user.name, user.active).await?;
                    self.changed(Some(key), format!("project {key}: service user {} added{}", user.email, inactive(user)));
                }
                Some((_, name, active)) if *name != user.name || (*active != 0) != user.active => {
                    store::change_service_user(&mut self.conn, key, &user.email, &user.name, user.active).await?;
                    let change = person_change("service user", user, name, *active != 0);
                    self.changed(Some(key), format!("project {key}: {change}"));
                }
                Some(_) => {}
            }
        }
        for (email, _, active) in known {
            if active != 0 && !project.service_users.iter().any(|user| user.email == email) {
                store::deactivate_service_user(&mut self.conn, key, &email).await?;
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
    let active = (known_active != user.active).then(|| if user.active { "activated" } else { "deactivated" }.to_owned());
    let name = (known_name != user.name).then(|| format!("name {:?}, was {known_name:?}", user.name));
    let changes: Vec<String> = active.into_iter().chain(name).collect();
    format!("{what} {}: {}", user.email, changes.join(", "))
}
