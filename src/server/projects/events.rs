//! What an open page is told: that the project has changed, never what.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::watch;

use crate::server::{
    actor::Actor,
    context::Services,
    db::Conn,
    error::{Refusal, ServiceError},
};

use super::{access, store};

/// The most streams that one user may have open.
pub const MAX_STREAMS: usize = 20;

/// A text that is another one after every change to the project, its tokens, its users or its products, and on every
/// new day, which may change a status. Pulls and refusals leave it as it is.
///
/// Whoever reads more reads this first: what changes in between is then told once too often, and never missed. It is
/// read without regard to rights, and of no project is a text as well.
pub async fn revision(services: &Services, conn: &mut Conn, project_key: &str) -> Result<String, ServiceError> {
    let (own, shared) = store::revision(conn, project_key).await?;
    Ok(format!("{own}.{shared}.{}", services.clock.today()))
}

/// The revision of a project that the actor may see.
///
/// # Errors
/// A denial where they may not.
pub async fn poll(services: &Services, actor: &Actor, project_key: &str) -> Result<String, ServiceError> {
    let mut conn = services.db.reader();
    access::authorize_project(services, &mut conn, actor, project_key).await?;
    revision(services, &mut conn, project_key).await
}

/// The same, asked again by a stream that is open. A refusal is no request of the user's then: the audit trail has those only.
///
/// # Errors
/// [`Refusal::Gone`] where they may see it no more.
pub async fn poll_again(services: &Services, actor: &Actor, project_key: &str) -> Result<String, ServiceError> {
    let mut conn = services.db.reader();
    access::of_member(&mut conn, actor, project_key).await?.ok_or(Refusal::Gone)?;
    revision(services, &mut conn, project_key).await
}

/// The open streams: how many each user has, and the signal that ends them all.
#[derive(Debug)]
pub struct StreamRegistry {
    open: Arc<Mutex<HashMap<String, usize>>>,
    stopped: watch::Sender<bool>,
}

impl Default for StreamRegistry {
    fn default() -> Self {
        Self { open: Arc::default(), stopped: watch::Sender::new(false) }
    }
}

impl StreamRegistry {
    /// Ends every stream, those of later requests too: a server that stops waits for its answers to end.
    pub fn stop(&self) {
        self.stopped.send_replace(true);
    }

    /// Returns when [`StreamRegistry::stop`] was called.
    pub async fn stopped(&self) {
        // It cannot fail: the sender is here.
        let _ = self.stopped.subscribe().wait_for(|is_stopped| *is_stopped).await;
    }
}

fn lock(open: &Mutex<HashMap<String, usize>>) -> MutexGuard<'_, HashMap<String, usize>> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The right to one stream. When it is dropped, the user may open another.
pub struct StreamPermit {
    open: Arc<Mutex<HashMap<String, usize>>>,
    user_id: String,
}

impl StreamPermit {
    /// A permit for the actor.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`] where the user has too many.
    pub fn take(streams: &StreamRegistry, actor: &Actor) -> Result<Self, ServiceError> {
        let mut open = lock(&streams.open);
        let count = open.entry(actor.user_id.clone()).or_default();
        if *count >= MAX_STREAMS {
            return Err(Refusal::RateLimited { after: 60 }.into());
        }
        *count += 1;
        Ok(Self { open: streams.open.clone(), user_id: actor.user_id.clone() })
    }
}

impl Drop for StreamPermit {
    fn drop(&mut self) {
        let mut open = lock(&self.open);
        if let Some(count) = open.get_mut(&self.user_id) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.user_id);
            }
        }
    }
}
