//! The one error that crosses the wire between browser and server.

use std::fmt;

use leptos::server_fn::{
    codec::PostcardEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// The status that answers a call of a page of another version.
const UPDATED: u16 = 410;

/// What a page or a server function answers when it cannot do what was asked.
///
/// A cause (a database's message, a path) is logged once on the server and never stands in here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppError {
    /// Nobody is signed in, or the session has ended.
    Unauthenticated,
    /// The caller may see the thing but not do this; the text says why.
    Forbidden(String),
    /// It does not exist, or the caller may not see it: the two answer alike.
    NotFound,
    /// A field holds something that cannot be taken; `field` is the field's name in the form.
    Invalid { field: String, message: String },
    /// Somebody else was quicker, or the state of things does not allow it; the text says which.
    Conflict(String),
    /// Too many attempts; try again after this many seconds.
    RateLimited { after: u32 },
    /// The database did not answer.
    Unavailable,
    /// The network did not answer: whether the server did what was asked is not known.
    NoAnswer,
    /// A fault of ours; the log has the cause under this id.
    Internal { request_id: String },
    /// The portal was updated since the page was loaded: the two do not understand each other. Whether what was asked for was
    /// done is not known where `may_be_done`.
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

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unauthenticated => f.write_str("You are signed out. Sign in again to go on."),
            Self::Forbidden(why) | Self::Conflict(why) => f.write_str(why),
            Self::NotFound => f.write_str("It does not exist, or you may not see it."),
            Self::Invalid { message, .. } => f.write_str(message),
            Self::RateLimited { after } => write!(f, "Too many tries. Try again in {after} seconds."),
            Self::NoAnswer => f.write_str("The portal did not answer. See in the list whether it was done before you try again."),
            Self::Unavailable => f.write_str("The portal cannot be reached right now. Nothing was changed. Try again."),
            Self::Updated { may_be_done: false } => {
                f.write_str("The portal was updated. Nothing was changed. Reload the page to go on.")
            }
            Self::Updated { may_be_done: true } => {
                f.write_str("The portal was updated. It may have been done: reload the page and look before you try again.")
            }
            Self::Internal { request_id } => {
                write!(f, "Something went wrong on our side. Nothing was changed. Tell support: {request_id}.")
            }
        }
    }
}

impl std::error::Error for AppError {}

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
