//! The origin of a request: client address and site.

mod client_addresses;
mod cross_site;
