//! Addresses, connections and what every answer carries.

mod addresses;
mod addresses_encoded;
mod connections;
mod logo;
mod problems;
mod theme;
mod unknown_paths;
mod updated;
