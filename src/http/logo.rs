//! The vendor's logo: an image file of the operator, shown before the vendor's name at the top of every page.

use std::path::Path;

use axum::{
    Extension,
    body::Bytes,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

/// The largest logo, in bytes: every first page load fetches it.
const MAX_BYTES: usize = 256 * 1024;
const KINDS: [(&str, &str); 3] = [("svg", "image/svg+xml"), ("png", "image/png"), ("webp", "image/webp")];
/// Content-Security-Policy: an SVG that is opened directly runs no script and loads nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// The image as it is sent.
#[derive(Clone, Debug)]
pub struct Logo {
    content_type: &'static str,
    bytes: Bytes,
}

impl Logo {
    /// Reads the file; `None` if the path is empty.
    ///
    /// # Errors
    /// One line that names the setting and says what is wrong with the file.
    pub fn read(path: &str) -> Result<Option<Self>, String> {
        if path.is_empty() {
            return Ok(None);
        }
        let extension = Path::new(path).extension().map(|extension| extension.to_string_lossy().to_lowercase());
        let kind = KINDS.into_iter().find(|(known, _)| extension.as_deref() == Some(*known));
        let (_, content_type) = kind.ok_or_else(|| format!("REGISTRY_TOKENS_LOGO: {path} is no .svg, .png or .webp"))?;
        let bytes = std::fs::read(path).map_err(|cause| format!("REGISTRY_TOKENS_LOGO: cannot read {path}: {cause}"))?;
        if bytes.len() > MAX_BYTES {
            return Err(format!(
                "REGISTRY_TOKENS_LOGO: {path} has {} bytes; at most {MAX_BYTES} are sent with a page",
                bytes.len()
            ));
        }
        Ok(Some(Self { content_type, bytes: bytes.into() }))
    }
}

/// `GET /logo`
pub async fn send(Extension(logo): Extension<Option<Logo>>) -> Response {
    let Some(Logo { content_type, bytes }) = logo else { return StatusCode::NOT_FOUND.into_response() };
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    (headers, bytes).into_response()
}
