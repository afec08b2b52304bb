//! Creates and replaces files of the data folder: atomically, and readable only for the user who runs the server.
//!
//! A command may run as root for a portal that another user serves. What it creates gets the owner of the folder, or of the
//! file that it replaces. If that is not possible, nothing is created and the error names the user. That user can write to the
//! folder, so nothing is written through a link in it: a new file has a name that nobody can guess, must not exist yet, and gets
//! its rights through its open handle.

use std::{
    fs::{self, File, TryLockError},
    io,
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, fchown, lchown},
    path::{Path, PathBuf},
    time::Duration,
};

pub use super::file_rights::Reader;
use super::file_rights::{Rights, give};
use crate::server::random::Random;

/// The time between two tries to lock a folder.
const LOCKED: Duration = Duration::from_millis(50);

/// Access for the owner only.
const PRIVATE: u32 = 0o600;

/// Creates a folder and its missing parents, accessible only for the owner. Returns whether it was missing. If root creates
/// it below another user's folder, it gets that user as owner.
///
/// # Errors
/// One line that names the folder and the cause.
pub fn make_folder(folder: &Path) -> Result<bool, String> {
    if folder.is_dir() {
        return Ok(false);
    }
    let failed = |cause: io::Error| format!("cannot make the folder {}: {cause}", folder.display());
    if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        make_folder(parent)?;
    }
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
    let (own, above) = (Rights::of(folder).map_err(failed)?, Rights::of(folder_of(folder)).map_err(failed)?);
    if own.uid == 0 && above.uid != 0 {
        lchown(folder, Some(above.uid), Some(above.gid)).map_err(failed)?;
    }
    Ok(true)
}

/// Writes a file unless it exists, or another process creates it first. Returns whether it was written.
///
/// # Errors
/// One line that names the file and the cause.
pub fn write_new(path: &Path, text: &str, reader: Reader) -> Result<bool, String> {
    write_if_missing(path, text, PRIVATE, reader)
}

/// Creates an empty file unless it exists. Returns whether it was created.
///
/// # Errors
/// One line that names the file and the cause.
pub fn make_empty(path: &Path, reader: Reader) -> Result<bool, String> {
    if path.exists() {
        return Ok(false);
    }
    write_if_missing(path, "", PRIVATE, reader)
}

/// Locks a folder against other processes until the result is dropped. Waits while another one has it.
///
/// # Errors
/// One line that names the folder and the cause.
pub async fn lock(folder: &Path) -> Result<File, String> {
    let failed = |cause: io::Error| format!("cannot lock the folder {}: {cause}", folder.display());
    let opened = File::open(folder).map_err(failed)?;
    loop {
        match opened.try_lock() {
            Ok(()) => return Ok(opened),
            Err(TryLockError::WouldBlock) => tokio::time::sleep(LOCKED).await,
            Err(TryLockError::Error(cause)) => return Err(failed(cause)),
        }
    }
}

fn write_if_missing(path: &Path, text: &str, mode: u32, reader: Reader) -> Result<bool, String> {
    let fresh = write_beside(path, text, rights_of_new(path, mode)?, reader)?;
    place(&fresh, path, |from, to| fs::hard_link(from, to)).map_err(|cause| cannot_write(path, &cause))
}

/// Replaces a file atomically: a reader sees the old text or the new one. Owner and mode stay.
///
/// # Errors
/// One line that names the file and the cause; nothing is changed.
pub fn replace(path: &Path, text: &str) -> Result<(), String> {
    let kept = Rights::of(path).map_err(|cause| cannot_write(path, &cause))?;
    let fresh = write_beside(path, text, kept, Reader::FolderOwner)?;
    fs::rename(&fresh, path).map_err(|cause| {
        let _ = fs::remove_file(&fresh);
        cannot_write(path, &cause)
    })
}

fn cannot_write(path: &Path, cause: &dyn std::fmt::Display) -> String {
    format!("cannot write {}: {cause}", path.display())
}

/// A path's parent folder, or the current folder.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The rights of a new file: the owner of its folder, with this mode.
fn rights_of_new(path: &Path, mode: u32) -> Result<Rights, String> {
    Rights::of(folder_of(path)).map(|folder| Rights { mode, ..folder }).map_err(|cause| cannot_write(path, &cause))
}

/// Writes and syncs a temporary file next to `path`, with these rights.
fn write_beside(path: &Path, text: &str, rights: Rights, reader: Reader) -> Result<PathBuf, String> {
    let fresh = path.with_extension(format!("{:016x}.new", Random::System.number()));
    let failed = |cause: io::Error| cannot_write(path, &cause);
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(PRIVATE).open(&fresh).map_err(failed)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(failed)
        .and_then(|()| give(&file, path, rights, reader, |file, uid, gid| fchown(file, Some(uid), Some(gid))));
    if written.is_err() {
        let _ = fs::remove_file(&fresh);
    }
    written.map(|()| fresh)
}

/// Moves a fresh file to its place unless a file exists there. Returns whether it was moved. A hard link does not replace a
/// file: if two processes start at once, both use the file of the first.
fn place(fresh: &Path, path: &Path, link: impl Fn(&Path, &Path) -> io::Result<()>) -> io::Result<bool> {
    let placed = match link(fresh, path) {
        Ok(()) => Ok(true),
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        // Not every file system has hard links: FAT does not, and some network and container mounts do not.
        Err(_) => rename_if_missing(fresh, path),
    };
    let _ = fs::remove_file(fresh);
    placed
}

/// Checks and renames under a lock on the folder, as far as the file system supports locks, so that no other process does the
/// same.
fn rename_if_missing(fresh: &Path, path: &Path) -> io::Result<bool> {
    let folder = fs::File::open(folder_of(path))?;
    let _ = folder.lock();
    if path.exists() {
        return Ok(false);
    }
    fs::rename(fresh, path).map(|()| true)
}

#[cfg(test)]
mod tests {
    use std::{
        fs, io,
        os::unix::fs::{MetadataExt, PermissionsExt, chown},
        path::{Path, PathBuf},
    };

    use super::{Reader, Rights, make_empty, make_folder, place, replace, write_new};

    /// A temporary folder, removed at the end of the test.
    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Self {
            let path = std::env::temp_dir()
                .join(format!("registry_tokens_files_{:016x}", crate::server::random::Random::System.number()));
            fs::create_dir(&path).expect("a folder");
            Self(path)
        }

        /// The names of its entries, sorted.
        fn names(&self) -> Vec<String> {
            let entries = fs::read_dir(&self.0).expect("a folder");
            let mut names: Vec<String> =
                entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
            names.sort();
            names
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn rights(path: &Path) -> Rights {
        Rights::of(path).expect("it is there")
    }

    /// Changes the owner of a path, if the test runs as root.
    fn give_away(path: &Path, uid: u32, gid: u32) {
        let _ = chown(path, Some(uid), Some(gid));
    }

    #[test]
    fn what_is_made_is_for_whom_its_folder_is_for() {
        let folder = Folder::new();
        give_away(&folder.0, 4711, 4712);
        let owner = rights(&folder.0);
        let (keys, database, below) = (folder.0.join("keys"), folder.0.join("database"), folder.0.join("a/b"));
        assert_eq!(
            (write_new(&keys, "first", Reader::FolderOwner), make_empty(&database, Reader::ThisProcess), make_folder(&below)),
            (Ok(true), Ok(true), Ok(true))
        );
        for (path, mode) in [(&keys, 0o600), (&database, 0o600), (&folder.0.join("a"), 0o700), (&below, 0o700)] {
            assert_eq!(rights(path), Rights { mode, ..owner }, "{}", path.display());
        }
        assert_eq!(
            (write_new(&keys, "second", Reader::FolderOwner), make_empty(&database, Reader::FolderOwner), make_folder(&below)),
            (Ok(false), Ok(false), Ok(false))
        );
        assert_eq!(fs::read_to_string(&keys).expect("it is there"), "first");
        assert_eq!(folder.names(), ["a", "database", "keys"], "nothing is left beside them");
    }

    /// The folder's user could leave links there for a command that root runs.
    #[test]
    fn a_link_that_lies_in_wait_is_not_followed() {
        let folder = Folder::new();
        let (keys, outside) = (folder.0.join("keys"), folder.0.join("outside"));
        fs::write(&outside, "root's own").expect("a file");
        for name in [format!("keys.{}.new", std::process::id()), "keys.new".to_owned()] {
            std::os::unix::fs::symlink(&outside, folder.0.join(name)).expect("a link");
        }
        let before = rights(&outside);
        write_new(&keys, "first", Reader::FolderOwner).expect("it is written");
        replace(&keys, "second").expect("it is replaced");
        assert_eq!(fs::read_to_string(&outside).expect("it is there"), "root's own");
        assert_eq!((rights(&outside), fs::read_to_string(&keys).expect("it is there")), (before, "second".to_owned()));
    }

    #[test]
    fn what_is_replaced_keeps_its_owner_and_its_mode() {
        let folder = Folder::new();
        for (n, mode) in [0o600, 0o640, 0o660, 0o400].into_iter().enumerate() {
            let path = folder.0.join(format!("keys-{n}"));
            write_new(&path, "old", Reader::FolderOwner).expect("it is written");
            give_away(&path, 4711 + u32::try_from(n).expect("a small number"), 4720);
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("a mode");
            let before = (rights(&path), fs::metadata(&path).expect("it is there").ino());
            replace(&path, "new").expect("it is replaced");
            assert_eq!(rights(&path), before.0, "{mode:o}");
            assert_eq!(fs::read_to_string(&path).expect("it is there"), "new");
            assert_ne!(fs::metadata(&path).expect("it is there").ino(), before.1, "as a whole");
        }
    }

    #[test]
    fn without_hard_links_a_file_comes_to_its_place_and_none_is_replaced() {
        let folder = Folder::new();
        for (n, kind) in
            [io::ErrorKind::PermissionDenied, io::ErrorKind::Unsupported, io::ErrorKind::TooManyLinks].into_iter().enumerate()
        {
            let path = folder.0.join(format!("keys-{n}"));
            let try_to_place = |text: &str| {
                let fresh = folder.0.join("fresh");
                fs::write(&fresh, text).expect("a file");
                place(&fresh, &path, |_, _| Err(kind.into())).expect("it needs no link")
            };
            assert!(try_to_place("first") && !try_to_place("second"), "{kind:?}");
            assert_eq!(fs::read_to_string(&path).expect("it is there"), "first");
        }
        assert_eq!(folder.names(), ["keys-0", "keys-1", "keys-2"]);
    }
}
