//! What a path shows. Pages are rendered on the server only; what lives in the browser is a component.

pub mod my_projects;
pub mod problem;
pub mod registry_tokens;
pub mod secret;
pub mod sign_in;
pub mod token_details;
