//! `303 See Other` to a URL of this portal, encoded for a header.

use axum::response::Redirect;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The characters to percent-encode (RFC 3986). `%` is not one: what is encoded already must not be encoded twice. All
/// non-ASCII characters are encoded too.
const UNSAFE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// Redirects to a path with its query. [`Redirect::to`] alone panics at a character that is not allowed in a header, and
/// sends others unencoded.
pub fn see_other(address: &str) -> Redirect {
    Redirect::to(&utf8_percent_encode(address, UNSAFE).to_string())
}

#[cfg(test)]
mod tests {
    use axum::{http::header, response::IntoResponse};

    use super::see_other;

    #[test]
    fn an_address_in_a_header_is_an_address() {
        for (address, sent) in [
            ("/projects/A/registry-tokens?q=a%26b", "/projects/A/registry-tokens?q=a%26b"),
            ("/a\u{1}b", "/a%01b"),
            ("/\u{7f}\u{0}", "/%7F%00"),
            ("/ä?q=é#ü", "/%C3%A4?q=%C3%A9#%C3%BC"),
            ("/a\r\nset-cookie: x=y", "/a%0D%0Aset-cookie:%20x=y"),
            ("/\u{202e}<b>", "/%E2%80%AE%3Cb%3E"),
        ] {
            let response = see_other(address).into_response();
            assert_eq!(
                (response.status().as_u16(), response.headers()[header::LOCATION].to_str().expect("ASCII")),
                (303, sent),
                "{address:?}"
            );
        }
    }
}
