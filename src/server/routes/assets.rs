//! The site's files: the browser code and the styles under names that carry their hash, and what is in `public`.

use std::path::PathBuf;

use axum::http::{HeaderValue, header};
use leptos::config::LeptosOptions;
use tower::ServiceBuilder;
use tower_http::{
    services::ServeDir,
    set_header::{SetResponseHeader, SetResponseHeaderLayer},
};

/// Where the files are, and what they are called in this build.
#[derive(Clone, Debug)]
pub struct Assets {
    root: PathBuf,
    /// The browser code's address, without the extension of its two files.
    pub code: String,
    /// The style sheet's address.
    pub style: String,
}

impl Assets {
    /// Reads `build.txt`, which `make build` leaves in the package folder: the browser code's name, then the style's.
    ///
    /// # Errors
    /// One line where it is missing.
    pub fn find(options: &LeptosOptions) -> Result<Self, String> {
        let root = PathBuf::from(options.site_root.as_ref());
        let manifest = root.join(options.site_pkg_dir.as_ref()).join("build.txt");
        let text = std::fs::read_to_string(&manifest)
            .map_err(|cause| format!("cannot read {}: {cause}; run `make build`, or set LEPTOS_SITE_ROOT", manifest.display()))?;
        let mut names = text.lines();
        let (Some(code), Some(style)) = (names.next(), names.next()) else {
            return Err(format!("{} does not name the browser code and the style", manifest.display()));
        };
        Ok(Self { root, code: format!("/pkg/{code}"), style: format!("/pkg/{style}") })
    }

    /// Files whose name changes with their content: kept for a year.
    pub fn immutable(&self) -> SetResponseHeader<ServeDir, HeaderValue> {
        self.folder("pkg", "public, max-age=31536000, immutable")
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
