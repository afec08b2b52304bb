//! The error type that is sent from the server to the browser.

use leptos::server_fn::{
    codec::PostcardEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The HTTP status of the response to a call from a page of another version.
const UPDATED: u16 = 410;

/// The error of a page or a server function.
///
/// An internal cause (a database's message, a path) is logged once on the server and is never part of this error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum AppError {
    /// No user is signed in, or the session has ended.
    #[error("You are signed out. Sign in again to go on.")]
    Unauthenticated,
    /// The caller may see the resource but may not do this; the text says why.
    #[error("{0}")]
    Forbidden(String),
    /// It does not exist, or the caller may not see it; the response is the same for both.
    #[error("It does not exist, or you may not see it.")]
    NotFound,
    /// A field is invalid; `field` is its name in the form.
    #[error("{message}")]
    Invalid { field: String, message: String },
    /// Another user changed it first, or the current state does not allow it; the text says which.
    #[error("{0}")]
    Conflict(String),
    /// Too many attempts; retry after this many seconds.
    #[error("Too many tries. Try again in {after} seconds.")]
    RateLimited { after: u32 },
    /// The database did not respond.
    #[error("The portal cannot be reached right now. Nothing was changed. Try again.")]
    Unavailable,
    /// No response arrived: it is unknown whether the server executed the request.
    #[error("The portal did not answer. See in the list whether it was done before you try again.")]
    NoAnswer,
    /// An internal error; the log has the cause under this id.
    #[error("Something went wrong on our side. Nothing was changed. Tell support: {request_id}.")]
    Internal { request_id: String },
    /// The portal was updated since the page was loaded, and the two versions are incompatible. If `may_be_done`, it is unknown
    /// whether the request was executed.
    #[error("The portal was updated. {}", updated(*may_be_done))]
    Updated { may_be_done: bool },
    /// Another user has signed in since the page was loaded.
    #[error("Nothing was done: another user is signed in now. Reload the page.")]
    OtherUser,
    /// The database did not confirm the change: it is unknown whether it was made.
    #[error("The database did not answer: it is not known whether this was done. Look before you try again.")]
    Unconfirmed,
}

impl AppError {
    /// Creates an error for one field of a form.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid { field: field.to_owned(), message: message.into() }
    }

    /// The HTTP status of the response with this error.
    pub fn status(&self) -> u16 {
        match self {
            Self::Unauthenticated => 401,
            Self::Forbidden(_) => 403,
            Self::NotFound => 404,
            Self::Invalid { .. } => 422,
            Self::Conflict(_) | Self::OtherUser => 409,
            Self::RateLimited { .. } => 429,
            Self::Unavailable | Self::NoAnswer | Self::Unconfirmed => 503,
            Self::Internal { .. } => 500,
            Self::Updated { .. } => UPDATED,
        }
    }

    /// Converts an error response into an error: the one in the body, or one derived from the status if the response does not
    /// come from this version of the portal.
    pub fn of_refusal(status: u16, body: &[u8]) -> Self {
        match (postcard::from_bytes::<Self>(body), status) {
            // The server checks the version first, so nothing was executed.
            (_, UPDATED) => Self::Updated { may_be_done: false },
            (Ok(error), _) if error.status() == status => error,
            (_, 401) => Self::Unauthenticated,
            // The response of a proxy that cannot reach the portal or blocks the request.
            (_, 403 | 407 | 408 | 413 | 429 | 500..) => Self::NoAnswer,
            _ => Self::Updated { may_be_done: true },
        }
    }

    /// The same error, for a request that changes nothing.
    pub fn of_read(self) -> Self {
        match self {
            Self::NoAnswer => Self::Unavailable,
            Self::Updated { .. } => Self::Updated { may_be_done: false },
            other => other,
        }
    }

    /// Whether only a new page helps.
    pub fn needs_reload(&self) -> bool {
        matches!(self, Self::Updated { .. } | Self::OtherUser)
    }

    /// Whether the request may have been executed all the same.
    pub fn may_be_done(&self) -> bool {
        matches!(self, Self::NoAnswer | Self::Unconfirmed | Self::Updated { may_be_done: true })
    }

    /// The title of the error page.
    pub fn title(&self) -> &'static str {
        match self {
            Self::NotFound => "Not found",
            Self::Forbidden(_) => "Not allowed",
            Self::Unavailable => "Not available right now",
            Self::Updated { .. } => "The portal was updated",
            Self::OtherUser => "Another user is signed in",
            Self::Unconfirmed => "It may have been done",
            _ => "That did not work",
        }
    }

    /// The same error, worded for an open list that could not be refreshed.
    pub fn of_open_list(self) -> Self {
        match self {
            Self::NoAnswer => Self::Conflict("The portal did not answer: this list may be out of date.".to_owned()),
            Self::NotFound => Self::Forbidden("You can no longer see this project.".to_owned()),
            other => other.of_read(),
        }
    }

    /// The message for `field`, if the error belongs to that field.
    pub fn at(&self, field: &str) -> Option<String> {
        match self {
            Self::Invalid { field: at, message } if at == field => Some(message.clone()),
            _ => None,
        }
    }
}

/// The advice after an update.
fn updated(may_be_done: bool) -> &'static str {
    match may_be_done {
        false => "Nothing was changed. Reload the page to go on.",
        true => "It may have been done: reload the page and look before you try again.",
    }
}

impl FromServerFnError for AppError {
    type Encoder = PostcardEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::NoAnswer,
            // In the browser it is a success response that cannot be decoded.
            ServerFnErrorErr::Deserialization(_) if cfg!(feature = "hydrate") => Self::Updated { may_be_done: true },
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Invalid { field: String::new(), message: "The request could not be read.".to_owned() }
            }
            _ => Self::Internal { request_id: "none".to_owned() },
        }
    }
}
