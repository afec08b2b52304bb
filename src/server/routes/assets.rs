//! The site's files: the browser code under a name that carries its hash, the styles, and what is in `public`.

use std::{path::PathBuf, sync::Arc};

use axum::http::{HeaderValue, header};
use tower::ServiceBuilder;
use tower_http::{
    services::ServeDir,
    set_header::{SetResponseHeader, SetResponseHeaderLayer},
};

use crate::server::config::Config;

use super::logo::Logo;

/// Where the files are, and what they are in this build.
#[derive(Clone, Debug)]
pub struct Assets {
    root: PathBuf,
    /// The browser code's address, without the extension of its two files.
    pub code: String,
    /// The style sheet, which stands in every page.
    pub style: Arc<str>,
    /// The operator's own.
    pub logo: Option<Logo>,
}

impl Assets {
    /// Reads what `make build` leaves in the package folder: `build.txt`, the browser code's name, and `style.css`; and the logo.
    ///
    /// # Errors
    /// One line where one is missing, or the logo cannot be taken.
    pub fn find(config: &Config) -> Result<Self, String> {
        let options = &config.leptos;
        let root = PathBuf::from(options.site_root.as_ref());
        let read = |name| {
            let file = root.join(options.site_pkg_dir.as_ref()).join(name);
            std::fs::read_to_string(&file)
                .map_err(|cause| format!("cannot read {}: {cause}; run `make build`, or set LEPTOS_SITE_ROOT", file.display()))
        };
        let (code, style) = (read("build.txt")?, read("style.css")?);
        Ok(Self { code: format!("/pkg/{}", code.trim()), style: style.into(), logo: Logo::read(&config.logo)?, root })
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
