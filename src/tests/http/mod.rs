//! URLs, connections, and what every response contains.

mod addresses;
mod addresses_encoded;
mod connections;
mod logo;
mod problems;
mod theme;
mod unknown_paths;
mod updated;
