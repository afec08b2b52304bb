//! Tells whether a file was changed, without reading it.

use std::{fs, os::unix::fs::MetadataExt, path::Path};

/// Identifies a version of a file without reading it. The modification time alone is not enough: its resolution may be as
/// coarse as hundredths of a second, and a file may be replaced twice in that time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FileVersion {
    /// Modification time: Unix seconds, and nanoseconds.
    modified: (i64, i64),
    /// In bytes.
    length: u64,
    inode: u64,
}

impl FileVersion {
    /// `None` if the file's metadata cannot be read.
    pub fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok()?;
        Some(Self { modified: (metadata.mtime(), metadata.mtime_nsec()), length: metadata.len(), inode: metadata.ino() })
    }
}
