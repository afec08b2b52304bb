//! Files: the data folder with what is in it, and texts as editors save them.

pub mod data_files;
mod file_rights;
pub mod text_input;
