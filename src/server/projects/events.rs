//! Change detection for open pages: the server reports that a project has changed, never what.

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

/// Maximum number of open streams per user.
pub const MAX_STREAMS: usize = 20;

/// A text that differs after every change to the project, its tokens, its users or its products, and on every new day, which
/// may change a status. Pulls and denials do not change it.
///
/// Read it before other data: a change in between is then reported twice at worst, and never missed. It does not check
/// rights, and returns a text for an unknown project too.
pub async fn revision(services: &Services, conn: &mut Conn, project_key: &str) -> Result<String, ServiceError> {
    let (own, shared) = store::revision(conn, project_key).await?;
    Ok(format!("{own}.{shared}.{}", services.clock.today()))
}

/// The revision of a project that the actor may see.
///
/// # Errors
/// A denial if the actor may not see the project.
pub async fn poll(services: &Services, actor: &Actor, project_key: &str) -> Result<String, ServiceError> {
    let mut conn = services.db.reader();
    let revision = revision(services, &mut conn, project_key).await?;
    access::authorize_project(services, &mut conn, actor, project_key).await?;
    Ok(revision)
}

/// Polls again for an open stream. A missing right is then no denial: the audit trail records only requests of the user.
///
/// # Errors
/// [`Refusal::Gone`] if the actor may no longer see the project.
pub async fn poll_again(services: &Services, actor: &Actor, project_key: &str) -> Result<String, ServiceError> {
    let mut conn = services.db.reader();
    // The membership last: a change that ends it must end the stream, not make the page fetch a list that it is refused.
    let revision = revision(services, &mut conn, project_key).await?;
    access::of_member(&mut conn, actor, project_key).await?.ok_or(Refusal::Gone)?;
    Ok(revision)
}

/// The open streams: their number per user, and the signal that ends them all.
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
    /// Ends all streams, also those of later requests: graceful shutdown waits for open responses.
    pub fn stop(&self) {
        self.stopped.send_replace(true);
    }

    /// Waits until [`StreamRegistry::stop`] is called.
    pub async fn stopped(&self) {
        // Cannot fail: `self` owns the sender.
        let _ = self.stopped.subscribe().wait_for(|is_stopped| *is_stopped).await;
    }
}

fn lock(open: &Mutex<HashMap<String, usize>>) -> MutexGuard<'_, HashMap<String, usize>> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The permit for one stream, released on drop.
pub struct StreamPermit {
    open: Arc<Mutex<HashMap<String, usize>>>,
    user_id: String,
}

impl StreamPermit {
    /// Takes a permit for the actor.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`] if the user has [`MAX_STREAMS`] open.
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
