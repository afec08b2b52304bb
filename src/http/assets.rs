//! The site's files: what cargo-leptos built, and what is in `public`.

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

/// Where the files are, and what they are in this build.
#[derive(Clone, Debug)]
pub struct Assets {
    root: PathBuf,
    /// The addresses of what was built.
    pub files: PkgFiles,
    /// Whether names change with their content.
    is_hashed: bool,
    /// The operator's own.
    pub logo: Option<Logo>,
}

impl Assets {
    /// Finds what `make build` leaves in the package folder, and reads the logo.
    ///
    /// # Errors
    /// One line where a file is missing, or the logo cannot be taken.
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

    /// What was built. Files whose name changes with their content are kept for a year, others are asked for anew.
    pub fn built(&self) -> SetResponseHeader<ServeDir, HeaderValue> {
        self.folder("pkg", if self.is_hashed { "public, max-age=31536000, immutable" } else { "no-cache" })
    }

    /// The rest.
    pub fn public(&self) -> SetResponseHeader<ServeDir, HeaderValue> {
        self.folder("assets", "public, max-age=3600")
    }

    fn folder(&self, name: &str, cache: &'static str) -> SetResponseHeader<ServeDir, HeaderValue> {
        ServiceBuilder::new()
            .layer(SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static(cache)))
            .service(ServeDir::new(self.root.join(name)).precompressed_br().precompressed_gzip())
    }
}

/// The file of hashes that cargo-leptos leaves beside the binary. `None` where file names carry none.
fn hashes(options: &LeptosOptions) -> Option<String> {
    let binary = std::env::current_exe().ok().filter(|_| options.hash_files)?;
    std::fs::read_to_string(binary.parent().unwrap_or(Path::new("")).join(options.hash_file.as_ref())).ok()
}

/// Lines are as in `wasm: HASH`.
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
