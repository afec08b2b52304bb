//! My Projects, and a project's details.

use crate::{
    models::{
        account::{Role, ServiceUser},
        project::{ProjectSummary, ProjectView, Subscription},
    },
    server::{
        clock::Day,
        state::AppState,
        store::{Conn, projects},
    },
};

use super::{Actor, ServiceError, access::Access};

/// The projects that the actor is a member of.
pub async fn mine(state: &AppState, actor: &Actor) -> Result<Vec<ProjectSummary>, ServiceError> {
    let records = projects::summaries(&mut state.db.reader(), &actor.user_id).await?;
    Ok(records
        .into_iter()
        .filter_map(|record| {
            Some(ProjectSummary {
                role: Role::parse(&record.role)?,
                key: record.key,
                name: record.name,
                kind: record.kind,
                support_tier: record.support_tier,
                closed: record.closed != 0,
                tokens: record.tokens,
                subscription_end: record.subscription_end,
            })
        })
        .collect())
}

/// A project as its page shows it to somebody with this access.
pub async fn view(conn: &mut Conn, access: &Access, today: Day) -> Result<ProjectView, ServiceError> {
    let key = &access.project.key;
    let today = today.to_string();
    let subscriptions = projects::subscriptions(conn, key)
        .await?
        .into_iter()
        .map(|record| Subscription {
            running: record.starts <= today && today <= record.ends,
            product_key: record.product_key,
            product_name: record.product_name,
            starts: record.starts,
            ends: record.ends,
        })
        .collect();
    let service_users = match access.role {
        Role::Admin => projects::active_service_users(conn, key).await?,
        Role::Customer => Vec::new(),
    };
    Ok(ProjectView {
        key: key.clone(),
        name: access.project.name.clone(),
        kind: access.project.kind.clone(),
        support_tier: access.project.support_tier.clone(),
        closed: access.project.closed != 0,
        role: access.role,
        subscriptions,
        service_users: service_users.into_iter().map(|user| ServiceUser { email: user.email, name: user.name }).collect(),
    })
}
