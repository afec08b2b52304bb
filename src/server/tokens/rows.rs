//! Converts database records to the rows of the page: dates, status, and what Re-sync would add.

use std::collections::BTreeMap;

use crate::{
    models::{
        account::UserRef,
        disabled::DisabledBecause,
        project::ProjectView,
        token::{TokenProduct, TokenRow, TokenStatus, TokenType, TokenUsage},
        token_list::TokenList,
    },
    server::{
        clock::Day,
        context::Services,
        db::Conn,
        error::ServiceError,
        projects::periods::{self, Coverage},
    },
};

use super::store::{self, TokenFilter, TokenRecord};

/// Number of days for which a token's pulls are counted.
pub(super) const USAGE_DAYS: i64 = 30;

/// The first day whose pulls a row counts.
pub(super) fn pulls_since(today: Day) -> Day {
    today.plus(1 - USAGE_DAYS)
}

/// The tokens of a project that match `which`, newest first.
pub async fn load(
    services: &Services,
    conn: &mut Conn,
    project: &ProjectView,
    which: TokenFilter<'_>,
    today: Day,
) -> Result<Vec<TokenRow>, ServiceError> {
    let since = pulls_since(today).to_string();
    let records = store::list(conn, &project.key, which, services.expiry_now(), &since).await?;
    let access = periods::by_product(&project.subscriptions, today);
    Ok(records.into_iter().map(|record| row(record, project, &access, today)).collect())
}

/// All tokens of a project, or the User tokens created for one user.
pub async fn load_all(
    services: &Services,
    project: &ProjectView,
    owner: Option<&str>,
    today: Day,
) -> Result<TokenList, ServiceError> {
    let since = pulls_since(today).to_string();
    let records = store::list_all(&services.db, &project.key, owner, services.expiry_now(), &since).await?;
    let access = periods::by_product(&project.subscriptions, today);
    Ok(TokenList::of(records.into_iter().map(|record| row(record, project, &access, today))))
}

fn row(record: TokenRecord, project: &ProjectView, access: &BTreeMap<&str, Coverage>, today: Day) -> TokenRow {
    let mut held: Vec<String> = record.products.as_deref().unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    held.sort_unstable();
    let products_to_add = missing(project, &held);
    let mut products: Vec<TokenProduct> = held
        .into_iter()
        .map(|key| {
            let coverage = access.get(key.as_str());
            TokenProduct {
                ends: coverage.map(|coverage| coverage.ends.to_string()),
                running: coverage.is_some_and(|coverage| coverage.running),
                key,
            }
        })
        .collect();
    products.sort_by_key(|product| !product.running);
    let running = products.iter().filter(|product| product.running);
    let end = running.filter_map(|product| Day::parse(product.ends.as_deref()?)).max();
    let added = products_to_add.iter().filter_map(|key| access.get(key.as_str())).filter(|coverage| coverage.running);
    let resync_end = added.map(|coverage| coverage.ends).max().filter(|added| end.is_none_or(|end| *added > end));
    let days_left = end.map(|end| today.days_until(end));
    let next_start = products.iter().filter_map(|product| access.get(product.key.as_str())?.next_start).min();
    let status_reason = disabled_reason(&record);
    TokenRow {
        kind: if record.created_for_user.is_some() { TokenType::User } else { TokenType::Service },
        created_for: UserRef { name: record.owner_name.unwrap_or_default(), email: record.owner_email.unwrap_or_default() },
        created_by: UserRef { name: record.creator_name, email: record.creator_email },
        created_on: Day::of(record.created_at).to_string(),
        subscription_end: products.iter().filter_map(|product| product.ends.clone()).max(),
        status: TokenStatus::of(status_reason.is_some(), days_left),
        days_left,
        status_reason,
        is_owner_inactive: record.owner_active == 0 || record.owner_present == 0,
        is_disabled_by_admin: record.disabled_at.is_some(),
        is_unused: record.pulls == 0 && Day::of(record.created_at).days_until(today) > USAGE_DAYS,
        overlap_until: record.overlap_ends,
        products_to_add,
        resync_end: resync_end.map(|end| end.to_string()),
        next_start: next_start.map(|day| day.to_string()),
        products,
        id: record.id,
        name: record.name,
        login_name: record.login_name,
        generation: record.generation,
        usage: TokenUsage {
            pulls: record.pulls,
            last_at: record.last_used_at,
            last_address: record.last_used_address.unwrap_or_default(),
            last_client: record.last_used_client.as_deref().map(client_name).unwrap_or_default(),
        },
    }
}

/// The products with a running subscription that the token does not have yet: Re-sync adds them. None in a closed project, whose
/// tokens cannot be changed.
pub fn missing(project: &ProjectView, held: &[String]) -> Vec<String> {
    let running = project.running().filter(|_| !project.closed).map(|subscription| &subscription.product_key);
    running.filter(|key| !held.contains(key)).cloned().collect()
}

/// The text that says why the token is disabled; `None` if it is not.
fn disabled_reason(record: &TokenRecord) -> Option<String> {
    let owner = record.owner_name.as_deref().unwrap_or("Its owner");
    let because = DisabledBecause::of(record.disabled_at.is_some(), record.owner_active != 0, record.owner_present != 0)?;
    Some(match because {
        DisabledBecause::ByAdmin => match record.disabled_reason.as_deref().filter(|reason| !reason.is_empty()) {
            Some(reason) => format!("Disabled by an admin: {reason}"),
            None => "Disabled by an admin".to_owned(),
        },
        DisabledBecause::OwnerDeactivated => format!("{owner} was deactivated"),
        DisabledBecause::OwnerLeft => format!("{owner} left the project"),
    })
}

/// The program of a User-Agent: `containerd` for `containerd/1.6.20+unknown`.
pub(super) fn client_name(user_agent: &str) -> String {
    let name = user_agent.split(['/', ' ', '(']).next().unwrap_or_default();
    // skopeo, podman and buildah send the name of their library.
    if name == "containers" { "skopeo or podman".to_owned() } else { name.to_owned() }
}
