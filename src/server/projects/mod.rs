//! The list *My Projects*, and a project's details.

pub mod access;
pub mod events;
pub mod periods;
pub mod store;

use std::collections::HashMap;

use crate::models::{
    account::{Role, UserRef},
    collation::sort_key,
    project::{ProjectSummary, ProjectView, Subscription},
};

use super::{actor::Actor, clock::Day, context::Services, db::Conn, error::ServiceError};

use access::Access;
use store::PeriodRecord;

/// The projects that the actor is a member of, sorted by name, closed ones last.
pub async fn mine(services: &Services, actor: &Actor) -> Result<Vec<ProjectSummary>, ServiceError> {
    let mut conn = services.db.reader();
    let records = store::summaries(&mut conn, &actor.user_id).await?;
    let ends = subscription_ends(&store::periods(&mut conn, &actor.user_id).await?, services.clock.today());
    let mut projects: Vec<ProjectSummary> = records
        .into_iter()
        .filter_map(|record| {
            Some(ProjectSummary {
                role: Role::parse(&record.role)?,
                subscription_end: ends.get(&record.key).map(Day::to_string),
                key: record.key,
                name: record.name,
                kind: record.kind,
                support_tier: record.support_tier,
                closed: record.closed != 0,
                tokens: record.tokens,
            })
        })
        .collect();
    // Sorted here, because the databases' collations differ.
    projects.sort_by_cached_key(|project| (project.closed, sort_key(&project.name), project.key.clone()));
    Ok(projects)
}

/// For each project, the latest day up to which access to one of its products continues without a gap.
fn subscription_ends(records: &[PeriodRecord], today: Day) -> HashMap<String, Day> {
    let keyed = records.iter().map(|record| ((&record.project_key, &record.product_key), (&record.starts, &record.ends)));
    let mut latest: HashMap<String, Day> = HashMap::new();
    for ((project, _), coverage) in periods::by_key(keyed, today) {
        latest.entry(project.clone()).and_modify(|ends| *ends = coverage.ends.max(*ends)).or_insert(coverage.ends);
    }
    latest
}

/// A project as its page shows it to an actor with this access.
pub async fn view(conn: &mut Conn, access: &Access, today: Day) -> Result<ProjectView, ServiceError> {
    let key = &access.project.key;
    let now = today.to_string();
    let mut subscriptions: Vec<Subscription> = store::subscriptions(conn, key)
        .await?
        .into_iter()
        .map(|record| Subscription {
            running: record.starts <= now && now <= record.ends,
            product_key: record.product_key,
            product_name: record.product_name,
            starts: record.starts,
            ends: record.ends,
        })
        .collect();
    subscriptions.sort_by(|a, b| (&a.product_key, &a.starts, &a.ends).cmp(&(&b.product_key, &b.starts, &b.ends)));
    let mut service_users = match access.role {
        Role::Admin => store::active_service_users(conn, key).await?,
        Role::Customer => Vec::new(),
    };
    service_users.sort_by_cached_key(|user| (sort_key(&user.name), user.email.clone()));
    Ok(ProjectView {
        key: key.clone(),
        name: access.project.name.clone(),
        kind: access.project.kind.clone(),
        support_tier: access.project.support_tier.clone(),
        closed: access.project.closed != 0,
        role: access.role,
        subscription_end: periods::by_product(&subscriptions, today).values().map(|coverage| coverage.ends.to_string()).max(),
        subscriptions,
        service_users: service_users.into_iter().map(|user| UserRef { email: user.email, name: user.name }).collect(),
    })
}
