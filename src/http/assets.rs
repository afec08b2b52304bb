//! Static files: the output of cargo-leptos, and the files of `public`.

use std::path::{Path, PathBuf};

use axum::http::{HeaderValue, header};
use leptos::config::LeptosOptions;
use tower::ServiceBuilder;
use tower_http::{
    services::ServeDir,
    set_header::{SetResponseHeader, SetResponseHeaderLayer},
};

use crate::{app::PkgFiles, server::config::Config};

use super::logo::Logo;

/// The folder of the static files, and their paths in this build.
#[derive(Clone, Debug)]
pub struct Assets {
    root: PathBuf,
    /// The URL paths of the built files.
    pub files: PkgFiles,
    /// Whether file names contain a hash of the content.
    is_hashed: bool,
    /// The operator's logo.
    pub logo: Option<Logo>,
}

impl Assets {
    /// Finds the output of `make build` in the package folder, and reads the logo.
    ///
    /// # Errors
    /// One line if a file is missing, or the logo cannot be used.
    pub fn find(config: &Config) -> Result<Self, String> {
        let options = &config.leptos;
        let root = PathBuf::from(options.site_root.as_ref());
        let hashes = hashes(options);
        let address = |extension: &str| {
            let hash = hashes.as_deref().and_then(|hashes| hash_of(hashes, extension)).map(|hash| format!(".{hash}"));
            let file = format!("{}/{}{}.{extension}", options.site_pkg_dir, options.output_name, hash.unwrap_or_default());
            let path = root.join(&file);
            if path.is_file() {
                Ok(format!("/{file}"))
            } else {
                Err(format!("cannot find {}; run `make build`, or set LEPTOS_SITE_ROOT", path.display()))
            }
        };
        let files = PkgFiles { js: address("js")?, wasm: address("wasm")?, css: address("css")? };
        Ok(Self { files, is_hashed: hashes.is_some(), logo: Logo::read(&config.logo)?, root })
    }

    /// Serves the built files. Browsers cache files with a hash in the name for a year, and revalidate others.
    pub fn built(&self) -> SetResponseHeader<ServeDir, HeaderValue> {
        self.folder("pkg", if self.is_hashed { "public, max-age=31536000, immutable" } else { "no-cache" })
    }

    /// Serves the files of `public`.
    pub fn public(&self) -> SetResponseHeader<ServeDir, HeaderValue> {
        self.folder("assets", "public, max-age=3600")
    }

    fn folder(&self, name: &str, cache: &'static str) -> SetResponseHeader<ServeDir, HeaderValue> {
        ServiceBuilder::new()
            .layer(SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static(cache)))
            .service(ServeDir::new(self.root.join(name)).precompressed_br().precompressed_gzip())
    }
}

/// The file of hashes that cargo-leptos writes next to the binary. `None` if file names have no hash.
fn hashes(options: &LeptosOptions) -> Option<String> {
    let binary = std::env::current_exe().ok().filter(|_| options.hash_files)?;
    std::fs::read_to_string(binary.parent().unwrap_or(Path::new("")).join(options.hash_file.as_ref())).ok()
}

/// Finds the hash of a file extension. Lines have the form `wasm: HASH`.
fn hash_of<'a>(hashes: &'a str, extension: &str) -> Option<&'a str> {
    hashes.lines().filter_map(|line| line.split_once(':')).find(|(file, _)| file.trim() == extension).map(|(_, hash)| hash.trim())
}

#[cfg(test)]
mod tests {
    use super::hash_of;

    #[test]
    fn a_file_of_hashes_is_read_by_extension() {
        let hashes = "js: OP4PXdXCG_8cXQ\nwasm: l-tVyBqEfDrsUw\ncss: P4aLfXHIcmA\n";
        let found = ["js", "wasm", "css", "map"].map(|extension| hash_of(hashes, extension));
        assert_eq!(found, [Some("OP4PXdXCG_8cXQ"), Some("l-tVyBqEfDrsUw"), Some("P4aLfXHIcmA"), None]);
    }
}
