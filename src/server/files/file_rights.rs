//! Owner and mode of files in the data folder.

use std::{
    fs, io,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
};

/// The process that must be able to read a created file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// This process: it is the server.
    ThisProcess,
    /// A server process of the folder's owner: this process is a command.
    FolderOwner,
}

/// Owner, group and mode of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rights {
    pub uid: u32,
    pub gid: u32,
    pub mode: u32,
}

impl Rights {
    pub fn of(path: &Path) -> io::Result<Self> {
        fs::metadata(path).map(Self::from)
    }
}

impl From<fs::Metadata> for Rights {
    fn from(metadata: fs::Metadata) -> Self {
        Self { uid: metadata.uid(), gid: metadata.gid(), mode: metadata.mode() & 0o7777 }
    }
}

/// Sets owner and mode of a fresh file that will become `path`. A file that root should own may keep another owner, because
/// root can read every file.
///
/// # Errors
/// One line that names the user to run the command as, or the cause.
pub(super) fn give(
    fresh: &fs::File,
    path: &Path,
    rights: Rights,
    reader: Reader,
    chown: impl Fn(&fs::File, u32, u32) -> io::Result<()>,
) -> Result<(), String> {
    let failed = |cause: io::Error| format!("cannot write {}: {cause}", path.display());
    let own = Rights::from(fresh.metadata().map_err(failed)?);
    if (own.uid, own.gid) != (rights.uid, rights.gid)
        && chown(fresh, rights.uid, rights.gid).is_err()
        && own.uid != rights.uid
        && rights.uid != 0
        && reader == Reader::FolderOwner
    {
        let user = user_name(&fs::read_to_string("/etc/passwd").unwrap_or_default(), rights.uid);
        return Err(format!("{} is for {user}, and would not be readable there: run this command as {user}", path.display()));
    }
    fresh.set_permissions(fs::Permissions::from_mode(rights.mode)).map_err(failed)
}

/// A user's name from `/etc/passwd`, or their id if it is not listed there.
fn user_name(passwd: &str, uid: u32) -> String {
    let uid = uid.to_string();
    let mut lines = passwd.lines().map(|line| line.split(':').collect::<Vec<_>>());
    let name = lines.find_map(|fields| (fields.get(2) == Some(&uid.as_str())).then(|| fields[0].to_owned()));
    name.map_or_else(|| format!("the user with the id {uid}"), |name| format!("the user {name}"))
}

#[cfg(test)]
mod tests {
    use std::{fs, io, path::Path};

    use super::{Reader, Rights, give, user_name};

    #[test]
    fn a_file_that_would_not_be_its_owners_is_refused_with_their_name() {
        let at =
            std::env::temp_dir().join(format!("registry_tokens_rights_{:016x}", crate::server::random::Random::System.number()));
        let fresh = fs::File::create_new(&at).expect("a file");
        let (path, own) = (Path::new("data/keys"), Rights::of(&at).expect("it is there"));
        let refused = |_: &fs::File, _: u32, _: u32| Err(io::ErrorKind::PermissionDenied.into());
        for (uid, name) in [(4711, "the user with the id 4711"), (4_000_000, "the user with the id 4000000")] {
            let error = give(&fresh, path, Rights { uid, ..own }, Reader::FolderOwner, refused).expect_err("it is another's");
            assert_eq!(give(&fresh, path, Rights { uid, ..own }, Reader::ThisProcess, refused), Ok(()), "it serves itself");
            assert!(error.contains(name) && error.contains("keys") && !error.contains('\n'), "{error}");
        }
        for whole in [Rights { uid: 0, ..own }, Rights { gid: own.gid + 1, ..own }, own] {
            assert_eq!(give(&fresh, path, whole, Reader::FolderOwner, refused), Ok(()), "root reads it, and so does its owner");
        }
        fs::remove_file(&at).expect("it is there");
    }

    #[test]
    fn a_user_is_named_as_the_system_names_them() {
        let passwd = "root:x:0:0:root:/root:/bin/bash\nportal:x:998:998::/var/lib/portal:/usr/sbin/nologin\nodd\n";
        assert_eq!(user_name(passwd, 998), "the user portal");
        assert_eq!(user_name(passwd, 99), "the user with the id 99");
    }
}
