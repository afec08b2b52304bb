//! Tokens: list, generate, re-sync, re-generate and delete, for the user themselves or, as an admin, for all. Every change
//! shares its transaction with its audit entry and with the check of rights.

pub mod bulk;
pub mod change;
pub mod details;
pub mod form_result;
mod history;
pub mod lifecycle;
mod refusals;
mod reveal;
pub mod rows;
mod snippets;
pub mod store;
pub mod test_token;

use crate::{
    error::AppError,
    models::{
        account::Role,
        audit::{ChangeAction, DenialAction},
        listing::Listing,
        moment,
        new_token::NewTokenRequest,
        obstacles::Obstacles,
        project::ProjectView,
        text,
        token::{Overlap, RevealedSecret, TokenType},
        token_action::TokenAction,
        token_name::TokenName,
    },
};

use super::{
    accounts::store as accounts,
    actor::Actor,
    audit::{
        self,
        store::{AuditEntry, Entries},
    },
    clock::Day,
    context::Services,
    crypto::secret::PlainSecret,
    db::{Conn, Constraint, StoreError},
    error::{Refusal, ServiceError},
    id,
    projects::{
        self,
        access::{self, About, Access},
        events, store as project_store,
    },
};

use change::{
    authorize_token, confirmed,
    store::{self as changes, NewSecret, NewToken},
};
use reveal::{Holder, reveal};

/// The project, and those of its tokens that the actor may see.
pub async fn list(services: &Services, actor: &Actor, project_key: &str) -> Result<Listing, ServiceError> {
    let mut conn = services.db.reader();
    let access = access::authorize_project(services, &mut conn, actor, project_key).await?;
    // Read first: see `events::revision`.
    let revision = events::revision(services, &mut conn, &access.project.key).await?;
    let now = services.clock.now();
    let today = Day::of(now);
    let project = projects::view(&mut conn, &access, today).await?;
    let list = rows::load_all(services, &project, access.visible_owner(actor), today).await?;
    Ok(Listing { project, list, now, revision })
}

/// Creates a token for the products with a running subscription.
///
/// # Errors
/// The field `name` or `service_user`; a conflict if the project is closed, has no running subscription, or has reached a
/// limit; a denial for a service token if the actor is not an admin.
pub async fn generate(
    services: &Services,
    actor: &Actor,
    project_key: &str,
    request: &NewTokenRequest,
) -> Result<RevealedSecret, ServiceError> {
    let mut tx = services.db.begin().await?;
    // Lock the user first, as in an import: a different order could deadlock.
    accounts::lock(&mut tx, &actor.user_id).await?;
    project_store::lock(&mut tx, project_key, &actor.user_id).await?;
    let access = access::authorize_project(services, &mut tx, actor, project_key).await?;
    let project = projects::view(&mut tx, &access, services.clock.today()).await?;
    let owner = owner_of(services, &access, actor, &project, request)?;
    let name = parse_name(&request.name)?;
    if let Some(refusal) = project.generate_refusal() {
        return Err(Refusal::Conflict(refusal.to_owned()).into());
    }
    check_limits(services, &mut tx, &project, owner.user_id).await?;

    let now = services.clock.now_millis();
    let (token_id, login_name) = (id::new(now, &services.random), name.login_name(&project.key));
    let secret = PlainSecret::generate(&services.random);
    let products: Vec<&str> = project.running().map(|subscription| subscription.product_key.as_str()).collect();
    let created = changes::create(
        &mut tx,
        &NewToken {
            id: &token_id,
            project_key: &project.key,
            name: name.as_str(),
            login_name: &login_name,
            created_for_user: owner.user_id,
            created_for_service_user: owner.service_user,
            created_by: &actor.user_id,
            created_at: now / 1000,
            secret_hash: &services.hasher.hash_new(&secret),
            products: &products,
        },
    )
    .await;
    match created {
        Err(StoreError::Conflict(Constraint::TokenLoginName)) => {
            let message = format!("{name} is already used in this project. Choose another name.");
            return Err(Refusal::invalid("name", message).into());
        }
        other => other?,
    }
    let entry = AuditEntry {
        project_key: Some(project.key.clone()),
        token_id: Some(token_id.clone()),
        login_name: Some(login_name.clone()),
        created_for: Some(owner.email.to_owned()),
        detail: format!("{} token with {}", request.kind.label(), products.join(", ")),
        ..services.audit_entry(&actor.email, ChangeAction::TokenGenerated, &actor.origin)
    };
    let holder = Holder { token_id: &token_id, name: name.as_str(), login_name: &login_name, running: &products };
    let revealed = reveal(services, &mut tx, holder, secret).await?;
    tx.commit(entry).await?;
    Ok(revealed)
}

/// # Errors
/// The field `name`.
fn parse_name(name: &str) -> Result<TokenName, Refusal> {
    TokenName::parse(name).map_err(|message| {
        let invisible = name.trim().chars().find(|c| text::is_invisible(*c)).map(text::code_point);
        Refusal::invalid("name", invisible.map_or(message.to_owned(), |code_point| format!("{message} It is {code_point}.")))
    })
}

/// The owner of a new token.
struct Owner<'a> {
    user_id: Option<&'a str>,
    service_user: Option<&'a str>,
    email: &'a str,
}

fn owner_of<'a>(
    services: &Services,
    access: &Access,
    actor: &'a Actor,
    project: &'a ProjectView,
    request: &NewTokenRequest,
) -> Result<Owner<'a>, ServiceError> {
    match request.kind {
        TokenType::User => Ok(Owner { user_id: Some(&actor.user_id), service_user: None, email: &actor.email }),
        TokenType::Service if access.role != Role::Admin => {
            let answer = AppError::Forbidden("Only a customer admin can generate a service token.".to_owned());
            let service_user = request.service_user.as_deref().filter(|email| !email.is_empty());
            let created_for = service_user.map(|email| audit::sanitize_untrusted(email, 100));
            let about = About { project_key: &project.key, created_for, ..About::default() };
            Err(access::denied(services, actor, DenialAction::TokenGenerate, about, answer))
        }
        TokenType::Service => {
            let email = text::email(request.service_user.as_deref().unwrap_or_default());
            if email.is_empty() {
                return Err(Refusal::invalid("service_user", "Choose the service user that the token is for.").into());
            }
            match project.service_users.iter().find(|user| user.email == email) {
                Some(user) => Ok(Owner { user_id: None, service_user: Some(&user.email), email: &user.email }),
                None => {
                    let message = "This project has no active service user of that name. Choose another.";
                    Err(Refusal::invalid("service_user", message).into())
                }
            }
        }
    }
}

async fn check_limits(
    services: &Services,
    conn: &mut Conn,
    project: &ProjectView,
    user_id: Option<&str>,
) -> Result<(), ServiceError> {
    let (in_project, of_user) = store::count(conn, &project.key, user_id).await?;
    let (per_project, per_person) = (services.config.tokens_per_project, services.config.tokens_per_person);
    if in_project >= per_project {
        let message =
            format!("This project has {in_project} tokens and can have {per_project} at most. Delete those no longer used.");
        return Err(Refusal::Conflict(message).into());
    }
    if of_user >= per_person {
        let message = format!(
            "You have {of_user} tokens, and one person can have {per_person} at most. Your tokens in all projects count, also in closed \
             ones and in those you left. Delete those no longer used."
        );
        return Err(Refusal::Conflict(message).into());
    }
    Ok(())
}

/// Adds the subscribed products that the token does not have yet. Returns their keys, which may be none, and what still
/// prevents the secret from working.
pub async fn resync(
    services: &Services,
    actor: &Actor,
    project_key: &str,
    token_id: &str,
) -> Result<(Vec<String>, Obstacles), ServiceError> {
    let mut tx = services.db.begin().await?;
    let found = authorize_token(services, &mut tx, actor, project_key, token_id, TokenAction::Resync).await?;
    if let Some(entries) = Entries::of(found.change(services, actor).resync(&mut tx).await?) {
        tx.commit(entries).await?;
    }
    let after = found.token.obstacles.resynced();
    Ok((found.token.products_to_add, after))
}

/// Gives the token a new secret. The former one becomes invalid at once, or at the end of the overlap. `generation` is that
/// of the actor's page: the second of two clicks, or of two users, gets a conflict and changes nothing.
pub async fn regenerate(
    services: &Services,
    actor: &Actor,
    project_key: &str,
    token_id: &str,
    generation: i64,
    overlap: Overlap,
) -> Result<RevealedSecret, ServiceError> {
    let mut tx = services.db.begin().await?;
    let found = authorize_token(services, &mut tx, actor, project_key, token_id, TokenAction::Regenerate).await?;
    let secret = PlainSecret::generate(&services.random);
    let hash = services.hasher.hash_new(&secret);
    let now = services.expiry_now();
    let overlap_ends = overlap.seconds().map(|seconds| now + seconds);
    let new = NewSecret { generation, hash: &hash, created_at: services.clock.now(), overlap_ends };
    let Some(had_former) = changes::regenerate(&mut tx, token_id, &new, now).await? else {
        let message = format!(
            "The secret of {} was re-generated meanwhile. Look at its new state before you do it again.",
            found.token.name
        );
        return Err(Refusal::Conflict(message).into());
    };
    let old = match overlap_ends {
        Some(ends) if found.token.obstacles.is_none() => format!("old secret works until {}", moment::utc(ends)),
        Some(ends) => format!("old secret kept until {}", moment::utc(ends)),
        None => "old secret ended at once".to_owned(),
    };
    let detail = if had_former { format!("{old}, the one before it ended at once") } else { old };
    let entry = found.change(services, actor).entry(&found.token, TokenAction::Regenerate, detail);
    let token = &found.token;
    let running: Vec<&str> = token.running.iter().map(String::as_str).collect();
    let holder = Holder { token_id: &token.id, name: &token.name, login_name: &token.login_name, running: &running };
    let revealed = reveal(services, &mut tx, holder, secret).await?;
    tx.commit(entry).await?;
    Ok(RevealedSecret { obstacles: found.token.obstacles, ..revealed })
}

/// Deletes the token permanently. Returns its name, and what prevented its secret from working before. A token in use must be
/// confirmed by its name.
///
/// # Errors
/// The field `confirm`.
pub async fn delete(
    services: &Services,
    actor: &Actor,
    project_key: &str,
    token_id: &str,
    confirm: &str,
) -> Result<(String, Obstacles), ServiceError> {
    let mut tx = services.db.begin().await?;
    let found = authorize_token(services, &mut tx, actor, project_key, token_id, TokenAction::Delete).await?;
    confirmed(services, &mut tx, std::slice::from_ref(&found.token), 1, confirm).await?;
    let done = found.change(services, actor).delete(&mut tx).await?;
    tx.commit(Entries::of(done).ok_or(Refusal::Gone)?).await?;
    let before = found.token.obstacles;
    Ok((found.token.name, before))
}
