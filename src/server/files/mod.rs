//! Files: the data folder, and text files as editors save them.

pub mod data_files;
mod file_rights;
pub mod file_version;
pub mod text_input;
