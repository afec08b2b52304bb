//! The result of a form, for the page that follows it. A link can name any result, so the page says only what the audit trail and
//! the token's state confirm.

use crate::{
    models::{
        audit::Action,
        change_words,
        listing::Listing,
        page_query::PageQuery,
        token_action::TokenAction::{self, Delete},
    },
    server::{
        actor::Actor,
        audit::store::{self as audit, AuditFilter, Outcome},
        context::Services,
        error::ServiceError,
    },
};

/// The result that the query names; `None` if it names none, or if it is not so.
pub async fn said(
    services: &Services,
    actor: &Actor,
    listing: &Listing,
    query: &PageQuery,
) -> Result<Option<String>, ServiceError> {
    let Some((done, id)) = query.done.as_deref().and_then(|done| done.split_once('.')) else { return Ok(None) };
    let is_so = match done {
        // It changed nothing, so there is no entry. In a closed project nothing is added for another reason.
        "resync-nothing" => !listing.project.closed,
        "delete-failing" => is_last_change(services, actor, &listing.project.key, id, Delete).await?,
        _ => match TokenAction::parse(done) {
            Some(action) => is_last_change(services, actor, &listing.project.key, id, action).await?,
            None => false,
        },
    };
    let token = listing.list.position(id).and_then(|at| listing.list.row(at, &listing.project.key));
    Ok(if is_so { change_words::of_form(done, token.as_ref()) } else { None })
}

/// Entries of the same time have no order, so this many are read.
const ENTRIES: i64 = 10;

/// Whether the last change of the token is this one, made by the actor.
async fn is_last_change(
    services: &Services,
    actor: &Actor,
    project_key: &str,
    token_id: &str,
    action: TokenAction,
) -> Result<bool, ServiceError> {
    let filter = AuditFilter {
        token_id: Some(token_id),
        project_key: Some(project_key),
        outcome: Some(Outcome::Done),
        ..AuditFilter::default()
    };
    let changes = audit::page(&mut services.db.reader(), &filter, None, ENTRIES).await?;
    let last = changes.first().map(|change| change.at);
    let mut last = changes.iter().take_while(|change| Some(change.at) == last);
    Ok(last.any(|change| change.actor == actor.email && change.action == action.done().as_str()))
}
