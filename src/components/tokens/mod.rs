//! A project's tokens: the list, the view of it, and everything done with it.

pub mod attention;
pub mod bulk_bar;
pub mod chips;
pub mod columns_menu;
pub mod filters;
pub mod focus;
pub mod generate_button;
pub mod keys;
pub mod live_updates;
pub mod no_script;
pub mod notification_bar;
pub mod offered;
pub mod row;
pub mod row_cells;
pub mod row_status;
pub mod section;
pub mod selection;
pub mod sort_header;
pub mod table;
pub mod token_list;
pub mod view;
pub mod window;
