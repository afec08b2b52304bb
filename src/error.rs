//! The one error that crosses the wire between browser and server.

use leptos::server_fn::{
    codec::PostcardEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The status that answers a call of a page of another version.
const UPDATED: u16 = 410;

/// What a page or a server function answers when it cannot do what was asked.
///
/// A cause (a database's message, a path) is logged once on the server and never stands in here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum AppError {
    /// Nobody is signed in, or the session has ended.
    #[error("You are signed out. Sign in again to go on.")]
    Unauthenticated,
    /// The caller may see the thing but not do this; the text says why.
    #[error("{0}")]
    Forbidden(String),
    /// It does not exist, or the caller may not see it: the two answer alike.
    #[error("It does not exist, or you may not see it.")]
    NotFound,
    /// A field holds something that cannot be taken; `field` is the field's name in the form.
    #[error("{message}")]
    Invalid { field: String, message: String },
    /// Somebody else was quicker, or the state of things does not allow it; the text says which.
    #[error("{0}")]
    Conflict(String),
    /// Too many attempts; try again after this many seconds.
    #[error("Too many tries. Try again in {after} seconds.")]
    RateLimited { after: u32 },
    /// The database did not answer.
    #[error("The portal cannot be reached right now. Nothing was changed. Try again.")]
    Unavailable,
    /// The network did not answer: whether the server did what was asked is not known.
    #[error("The portal did not answer. See in the list whether it was done before you try again.")]
    NoAnswer,
    /// A fault of ours; the log has the cause under this id.
    #[error("Something went wrong on our side. Nothing was changed. Tell support: {request_id}.")]
    Internal { request_id: String },
    /// The portal was updated since the page was loaded: the two do not understand each other. Whether what was asked for was
    /// done is not known where `may_be_done`.
    #[error("The portal was updated. {}", updated(*may_be_done))]
    Updated { may_be_done: bool },
}

impl AppError {
    /// An error at one field of a form.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid { field: field.to_owned(), message: message.into() }
    }

    /// The HTTP status that carries it.
    pub fn status(&self) -> u16 {
        match self {
            Self::Unauthenticated => 401,
            Self::Forbidden(_) => 403,
            Self::NotFound => 404,
            Self::Invalid { .. } => 422,
            Self::Conflict(_) => 409,
            Self::RateLimited { .. } => 429,
            Self::Unavailable | Self::NoAnswer => 503,
            Self::Internal { .. } => 500,
            Self::Updated { .. } => UPDATED,
        }
    }

    /// What a browser makes of an answer that refuses: the error in it, or of an answer that is none of this portal's in this
    /// version what its status says.
    pub fn of_refusal(status: u16, body: &[u8]) -> Self {
        match (postcard::from_bytes::<Self>(body), status) {
            // The server looked at the version first: it did nothing.
            (_, UPDATED) => Self::Updated { may_be_done: false },
            (Ok(error), _) if error.status() == status => error,
            (_, 401) => Self::Unauthenticated,
            // A proxy that answers for a portal that it cannot reach, or does not let the call through.
            (_, 403 | 407 | 408 | 413 | 429 | 500..) => Self::NoAnswer,
            _ => Self::Updated { may_be_done: true },
        }
    }

    /// The same error where nothing was asked to be changed.
    pub fn of_read(self) -> Self {
        match self {
            Self::NoAnswer => Self::Unavailable,
            Self::Updated { .. } => Self::Updated { may_be_done: false },
            other => other,
        }
    }

    /// The title of a page that is shown instead of the one asked for.
    pub fn title(&self) -> &'static str {
        match self {
            Self::NotFound => "Not found",
            Self::Forbidden(_) => "Not allowed",
            Self::Unavailable => "Not available right now",
            Self::Updated { .. } => "The portal was updated",
            _ => "That did not work",
        }
    }

    /// The same error in the words of an open list that could not be read anew.
    pub fn of_open_list(self) -> Self {
        match self {
            Self::NoAnswer => Self::Conflict("The portal did not answer: this list may be out of date.".to_owned()),
            Self::NotFound => Self::Forbidden("You can no longer see this project.".to_owned()),
            other => other.of_read(),
        }
    }

    /// The text for `field`, where this is that field's error.
    pub fn at(&self, field: &str) -> Option<String> {
        match self {
            Self::Invalid { field: at, message } if at == field => Some(message.clone()),
            _ => None,
        }
    }
}

/// What to do after an update.
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
            // In the browser it is what was answered as done that cannot be read.
            ServerFnErrorErr::Deserialization(_) if cfg!(feature = "hydrate") => Self::Updated { may_be_done: true },
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Invalid { field: String::new(), message: "The request could not be read.".to_owned() }
            }
            _ => Self::Internal { request_id: "none".to_owned() },
        }
    }
}
