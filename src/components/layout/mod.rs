//! The layout around every page, and client-side navigation.

pub mod header;
pub mod navigation;
pub mod page_heading;
pub mod seen_pages;
pub mod theme_switch;
