//! What stands around every page, and going from one to the next.

pub mod header;
pub mod navigation;
pub mod page_heading;
pub mod seen_pages;
pub mod theme_switch;
