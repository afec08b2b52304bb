//! The user who makes a request.

use super::client_info::ClientInfo;

/// The signed-in user behind a request.
#[derive(Debug, Clone)]
pub struct Actor {
    pub user_id: String,
    pub email: String,
    pub name: String,
    pub origin: ClientInfo,
}
