//! What a path shows. Pages are rendered on the server only; the parts that live in the browser are islands.

pub mod my_projects;
pub mod problem;
pub mod registry_tokens;
pub mod secret;
pub mod sign_in;
pub mod token_details;
