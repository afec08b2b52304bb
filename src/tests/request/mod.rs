//! Who sends a request.

mod client_addresses;
mod cross_site;
