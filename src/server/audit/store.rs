//! SQL of the audit trail. It is append-only: triggers in the database refuse updates and deletions (migrations). A search
//! combines any filters, newest first, page by page.

use crate::{
    models::audit::{Action, ChangeAction, DenialAction},
    server::db::{
        Conn, StoreError, Upkeep,
        database::Value,
        query::{Keyset, Query, rows_per_statement},
    },
};

/// An entry: who did or was denied what, for whom, from where, when.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AuditEntry<A> {
    pub id: String,
    /// Unix seconds.
    pub at: i64,
    /// A user's e-mail, `registry`, or `operator` for the command line.
    pub actor: String,
    pub action: A,
    /// In the project's own spelling, if the project exists.
    pub project_key: Option<String>,
    pub token_id: Option<String>,
    pub login_name: Option<String>,
    pub created_for: Option<String>,
    pub detail: String,
    pub address: String,
    pub client: String,
}

/// An entry for a change, written by [`super::Tx::commit`].
pub type ChangeEntry = AuditEntry<ChangeAction>;
/// An entry for a denial, written in the background.
pub type DenialEntry = AuditEntry<DenialAction>;

/// The entries of a transaction, at least one.
#[derive(Debug)]
pub struct Entries(Vec<ChangeEntry>);

impl Entries {
    /// `None` if there are no entries.
    pub fn of(entries: Vec<ChangeEntry>) -> Option<Self> {
        if entries.is_empty() { None } else { Some(Self(entries)) }
    }
}

impl From<ChangeEntry> for Entries {
    fn from(entry: ChangeEntry) -> Self {
        Self(vec![entry])
    }
}

/// A stored entry. Its action is the text of a [`ChangeAction`] or a [`DenialAction`], perhaps of another version.
pub type AuditRow = AuditEntry<String>;

impl AuditRow {
    /// Whether it is a denial.
    pub fn is_denial(&self) -> bool {
        self.action.ends_with(".denied")
    }
}

impl From<DenialEntry> for AuditRow {
    fn from(entry: DenialEntry) -> Self {
        Self {
            id: entry.id,
            at: entry.at,
            actor: entry.actor,
            action: entry.action.as_str().to_owned(),
            project_key: entry.project_key,
            token_id: entry.token_id,
            login_name: entry.login_name,
            created_for: entry.created_for,
            detail: entry.detail,
            address: entry.address,
            client: entry.client,
        }
    }
}

/// Inserts entries, in the transaction of the changes they describe.
pub(super) async fn add(conn: &mut Upkeep, Entries(entries): &Entries) -> Result<(), StoreError> {
    for entries in entries.chunks(rows_per_statement(COLUMNS)) {
        let mut query = Query::new(
            "INSERT INTO audit (id, at, actor, action, project_key, token_id, login_name, created_for, detail, address, client) VALUES",
        );
        query.bind_rows(entries.iter().map(values));
        conn.run(&query).await?;
    }
    Ok(())
}

/// Inserts a denial unless it exists: after a failed write it is unknown whether the first try was committed.
pub async fn add_once(conn: &mut Upkeep, entry: &DenialEntry) -> Result<(), StoreError> {
    let sql = "INSERT INTO audit (id, at, actor, action, project_key, token_id, login_name, created_for, detail, address, client)
               SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 WHERE NOT EXISTS (SELECT 1 FROM audit WHERE id = $1)";
    conn.execute(sql, &values(entry)).await?;
    Ok(())
}

const COLUMNS: usize = 11;

fn values<A: Action>(entry: &AuditEntry<A>) -> [Value<'_>; COLUMNS] {
    [
        (&entry.id).into(),
        entry.at.into(),
        (&entry.actor).into(),
        entry.action.as_str().into(),
        entry.project_key.as_deref().into(),
        entry.token_id.as_deref().into(),
        entry.login_name.as_deref().into(),
        entry.created_for.as_deref().into(),
        (&entry.detail).into(),
        (&entry.address).into(),
        (&entry.client).into(),
    ]
}

/// The outcome of an entry: done or denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    Denied,
}

/// A filter of entries. `None` does not filter; texts are compared exactly.
#[derive(Debug, Clone, Copy, Default)]
pub struct AuditFilter<'a> {
    pub actor: Option<&'a str>,
    /// The text of an action in [`crate::models::audit`].
    pub action: Option<&'a str>,
    pub token_id: Option<&'a str>,
    pub project_key: Option<&'a str>,
    pub outcome: Option<Outcome>,
    /// From this time on, in the form of [`crate::server::id::first_of`]: ids begin with the time.
    pub from: Option<&'a str>,
    /// Before this time, in the same form.
    pub until: Option<&'a str>,
}

/// Ids sort by time. Within one millisecond their order is random, but stable.
const NEWEST_FIRST: Keyset = Keyset { before: "id <", order: "ORDER BY id DESC" };

/// Reads one page of the newest entries, at most `limit`. `before` is the id of the last entry of the page before.
pub async fn page(
    conn: &mut Conn,
    filter: &AuditFilter<'_>,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<AuditRow>, StoreError> {
    conn.rows(&query(filter, before, limit)).await
}

/// The query of [`page`].
pub fn query<'a>(filter: &AuditFilter<'a>, before: Option<&'a str>, limit: i64) -> Query<'a> {
    let mut query = Query::new(
        "SELECT id, at, actor, action, project_key, token_id, login_name, created_for, detail, address, client FROM audit",
    );
    query
        .filter_if("actor =", filter.actor)
        .filter_if("action =", filter.action)
        .filter_if("token_id =", filter.token_id)
        .filter_if("project_key =", filter.project_key)
        .filter_if("id >=", filter.from)
        .filter_if("id <", filter.until);
    match filter.outcome {
        Some(Outcome::Done) => query.condition("action NOT LIKE '%.denied'"),
        Some(Outcome::Denied) => query.condition("action LIKE '%.denied'"),
        None => &mut query,
    };
    query.page(&NEWEST_FIRST, before, limit);
    query
}

/// The entries about one token in its project, newest first: at most `changes` and `refusals` of each kind. Each kind has its
/// own limit, because anybody can cause denials, which must not push out the changes.
pub async fn of_token(
    conn: &mut Conn,
    project_key: &str,
    token_id: &str,
    changes: i64,
    refusals: i64,
) -> Result<Vec<AuditRow>, StoreError> {
    let of_token = AuditFilter { token_id: Some(token_id), project_key: Some(project_key), ..AuditFilter::default() };
    let mut rows = Vec::new();
    for (outcome, limit) in [(Outcome::Done, changes), (Outcome::Denied, refusals)] {
        let filter = AuditFilter { outcome: Some(outcome), ..of_token };
        rows.extend(page(conn, &filter, None, limit).await?);
    }
    Ok(rows)
}
