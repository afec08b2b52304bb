//! The details of a token, for its page.

use std::collections::HashMap;

use crate::{
    models::{
        audit::DenialAction,
        obstacles::Obstacles,
        project::ProjectView,
        token::{TokenProduct, TokenRow},
        token_details::{HeldProduct, TokenDetails},
        token_name,
    },
    server::{
        actor::Actor,
        clock::Day,
        context::Services,
        db::Conn,
        error::ServiceError,
        projects::{self, access, periods},
        usage::store as usage,
    },
};

use super::{
    change::authorized_token::not_found_denial,
    history, rows,
    snippets::{self, Login, example_repository},
    store::{self, OpenedRecord, TokenFilter},
};

/// The token with this name and its project, if the actor may see it. The response is the same for a hidden token and one that
/// does not exist.
pub async fn visible_token(
    services: &Services,
    conn: &mut Conn,
    actor: &Actor,
    project_key: &str,
    name: &str,
    today: Day,
) -> Result<(ProjectView, TokenRow), ServiceError> {
    let access = access::authorize_project(services, conn, actor, project_key).await?;
    let project = projects::view(conn, &access, today).await?;
    // An unknown name continues with an empty id, so that its response equals that for a hidden token. Only the audit trail
    // distinguishes them.
    let id = store::id_of(conn, &token_name::login_name(&project.key, name)).await?.unwrap_or_default();
    let which = TokenFilter { owner: access.visible_owner(actor), id: Some(&id) };
    match rows::load(services, conn, &project, which, today).await?.pop() {
        Some(token) => Ok((project, token)),
        None => Err(not_found_denial(services, conn, actor, DenialAction::TokenView, &project.key, &id).await),
    }
}

/// All details of the token with this name: see [`visible_token`].
pub async fn details(services: &Services, actor: &Actor, project_key: &str, name: &str) -> Result<TokenDetails, ServiceError> {
    let mut conn = services.db.reader();
    let now = services.clock.now();
    let today = Day::of(now);
    let (project, token) = visible_token(services, &mut conn, actor, project_key, name, today).await?;
    let opened = store::repositories(&mut conn, &token.id).await?;
    let running: Vec<&str> =
        token.products.iter().filter(|product| product.running).map(|product| product.key.as_str()).collect();
    let repository = example_repository(&opened, &running);
    let products = held(&token, &project, &opened, today);
    let history = history::load(services, &mut conn, &project, &token, now).await?;
    let first = rows::pulls_since(today);
    let counted: HashMap<String, i64> = usage::by_day(&mut conn, &token.id, &first.to_string()).await?.into_iter().collect();
    let pulls = (0..rows::USAGE_DAYS)
        .map(|day| {
            let day = first.plus(day).to_string();
            let count = counted.get(&day).copied().unwrap_or_default();
            (day, count)
        })
        .collect();
    let registry = services.config.registry.to_string();
    let login = Login { registry: &registry, login_name: &token.login_name, secret: None, repository };
    Ok(TokenDetails {
        tools: snippets::all(login),
        products,
        history,
        pulls,
        secret_made: store::secret_made(&mut conn, &token.id).await?,
        registry,
        now,
        project,
        token,
    })
}

/// The details of a token's products, in their order.
fn held(token: &TokenRow, project: &ProjectView, records: &[OpenedRecord], today: Day) -> Vec<HeldProduct> {
    let access = periods::by_product(&project.subscriptions, today);
    let others = Obstacles { expired: false, resync_helps: false, ..token.obstacles() };
    let about = |product: &TokenProduct| {
        let of_product = records.iter().filter(|record| record.product_key == product.key);
        let has_ended = product.ends.as_deref().and_then(Day::parse).is_some_and(|ends| ends < today);
        HeldProduct {
            key: product.key.clone(),
            name: of_product.clone().map(|record| record.product_name.clone()).next().unwrap_or_default(),
            repositories: of_product.filter_map(|record| record.pattern.clone()).collect(),
            running: product.running,
            ends: match &product.ends {
                Some(ends) if product.running || has_ended => ends.clone(),
                Some(_) => "Not begun".to_owned(),
                None => "No subscription".to_owned(),
            },
            remedy: if product.running {
                String::new()
            } else {
                remedy(access.get(product.key.as_str()).and_then(|access| access.next_start), others)
            },
        }
    };
    token.products.iter().map(about).collect()
}

/// How a product whose subscription does not run is opened again. `others` are the obstacles beside it.
fn remedy(next_start: Option<Day>, others: Obstacles) -> String {
    let blocked = format!("The token does not work until {}.", others.until(true));
    match next_start {
        Some(day) if others.is_none() => format!("The subscription begins on {day}; it opens again then."),
        Some(day) => format!("The subscription begins on {day}. {blocked}"),
        None if others.is_none() => "A renewed subscription opens it again. The token needs no change.".to_owned(),
        None => format!("It needs a renewed subscription. {blocked}"),
    }
}
