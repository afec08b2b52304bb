//! One token in full, for its own page.

use std::collections::HashMap;

use crate::{
    models::{
        audit::DenialAction,
        token_details::{Opened, TokenDetails},
    },
    server::{
        clock::Day,
        state::AppState,
        store::{
            tokens::{self, OpenedRecord, Which},
            usage,
        },
    },
};

use super::{Actor, ServiceError, access, authorized_token::hidden, projects, token_history, token_rows};

/// So many days of pulls are shown.
const DAYS: i64 = 30;

/// The token with this name, if the actor may see it. One they may not see answers as one that does not exist.
pub async fn details(state: &AppState, actor: &Actor, project_key: &str, name: &str) -> Result<TokenDetails, ServiceError> {
    let mut conn = state.db.reader();
    let access = access::to_project(state, &mut conn, actor, project_key).await?;
    let now = state.clock.now();
    let today = Day::of(now);
    let project = projects::view(&mut conn, &access, today).await?;
    let login_name = format!("{}.{name}", project.key).to_lowercase();
    // None has no id, and is looked for all the same: only the audit trail tells it from one that is hidden.
    let id = tokens::id_of(&mut conn, &login_name).await?.unwrap_or_default();
    let which = Which { owner: access.visible_owner(actor), id: Some(&id) };
    let Some(token) = token_rows::load(&mut conn, &project, which, now).await?.pop() else {
        return Err(hidden(state, &mut conn, actor, DenialAction::TokenView, &project.key, &id).await);
    };

    let opens = by_product(tokens::repositories(&mut conn, &id).await?);
    let history = token_history::load(state, &mut conn, &project, &token, now).await?;
    let first = today.plus(1 - DAYS);
    let counted: HashMap<String, i64> = usage::by_day(&mut conn, &id, &first.to_string()).await?.into_iter().collect();
    let pulls = (0..DAYS)
        .map(|day| {
            let day = first.plus(day).to_string();
            let count = counted.get(&day).copied().unwrap_or_default();
            (day, count)
        })
        .collect();
    let made = tokens::secret_made(&mut conn, &id).await?;
    Ok(TokenDetails {
        opens,
        history,
        pulls,
        secret_made: made,
        secret_age: made.map(|made| Day::of(made).days_until(today)),
        registry: state.config.registry.to_string(),
        now,
        project,
        token,
    })
}

fn by_product(records: Vec<OpenedRecord>) -> Vec<Opened> {
    let mut opens: Vec<Opened> = Vec::new();
    for record in records {
        match opens.last_mut() {
            Some(last) if last.product_key == record.product_key => last.repositories.extend(record.pattern),
            _ => opens.push(Opened {
                product_key: record.product_key,
                product_name: record.product_name,
                repositories: record.pattern.into_iter().collect(),
            }),
        }
    }
    opens
}
