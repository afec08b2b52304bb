//! Shows an error in the place of a page.

use std::sync::Arc;

use crate::error::AppError;

/// Shows an error instead of the page's content. It does nothing after the user has moved to another page of the same route.
pub type ShowError = Arc<dyn Fn(AppError) + Send + Sync>;
