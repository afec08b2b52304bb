//! What the pages are made of, one component a file. [`tokens_section`] is the part that lives in the browser,
//! from [`take_over`] on.

pub mod address;
pub mod alert;
pub mod attention;
pub mod bulk_bar;
pub mod change_dialog;
pub mod columns_menu;
pub mod confirm_dialog;
pub mod copy_field;
pub mod dialog;
pub mod generate_dialog;
pub mod icon;
pub mod live_updates;
pub mod modal;
pub mod moment;
pub mod notice;
pub mod page_state;
pub mod regenerate_dialog;
pub mod row_actions;
pub mod secret_reveal_once;
pub mod selection;
pub mod shared;
pub mod snippet_list;
pub mod snippets;
pub mod sort_header;
pub mod take_over;
pub mod token_filters;
pub mod token_row;
pub mod token_table;
pub mod tokens;
pub mod tokens_section;
pub mod usage;
pub mod virtual_rows;
