//! The paths of all pages and forms of the portal.

pub const HOME: &str = "/";
pub const SIGN_IN: &str = "/sign-in";
pub const SIGN_OUT: &str = "/sign-out";
pub const THEME: &str = "/theme";
pub const LOGO: &str = "/logo";

/// The page of a project's tokens.
pub fn tokens(project_key: &str) -> String {
    format!("/projects/{}/registry-tokens", segment(project_key))
}

/// The page of a project's tokens, with this query.
pub fn tokens_with(project_key: &str, query: &str) -> String {
    let path = tokens(project_key);
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

/// The form action of a dialog.
pub fn token_form(project_key: &str, action: &str) -> String {
    format!("{}/{}", tokens(project_key), segment(action))
}

/// The list as a CSV file.
pub fn tokens_csv(project_key: &str, query: &str) -> String {
    format!("{}.csv?{query}", tokens(project_key))
}

/// The event stream of changes since a revision.
pub fn token_events(project_key: &str, revision: &str) -> String {
    format!("{}/events?since={revision}", tokens(project_key))
}

/// The page of a token.
pub fn token(project_key: &str, name: &str) -> String {
    format!("/projects/{}/tokens/{}", segment(project_key), segment(name))
}

/// The form action of *Test this token*.
pub fn token_test(project_key: &str, name: &str) -> String {
    format!("{}/test", token(project_key, name))
}

/// Encodes a key or a name as a path segment. Routing decoded it, so it must be encoded again.
fn segment(text: &str) -> String {
    // Form encoding writes a space as `+`; a path needs `%20`.
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

/// The sign-in page that redirects to `next`, a path with its query.
pub fn sign_in_to(next: &str) -> String {
    if next == HOME {
        return SIGN_IN.to_owned();
    }
    format!("{SIGN_IN}?{}", form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish())
}

/// Whether a user who opened the portal at `opened` should use the configured address instead: another host, or http where https
/// is configured. Both are origins as a browser formats them, without a trailing slash.
pub fn is_other_address(configured: &str, opened: &str) -> bool {
    let host = configured.strip_prefix("http://");
    configured != opened && (host.is_none() || opened.strip_prefix("https://") != host)
}

/// Returns `next` if it is a path of this origin, else an empty text, to prevent open redirects.
pub fn same_origin_path(next: &str) -> String {
    let is_own = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\n', '\r', '\t']);
    if is_own { next.to_owned() } else { String::new() }
}

/// Like [`same_origin_path`], but only for the path of a page, never of a file or a function. The address of a form or of an
/// event stream becomes that of its page.
pub fn page_path(next: &str) -> String {
    let path = same_origin_path(next);
    let segments: Vec<&str> = path.split(['?', '#']).next().unwrap_or_default().split('/').skip(1).collect();
    match segments[..] {
        [""] => path,
        ["projects", key, "registry-tokens"] if is_name(key) => path,
        ["projects", key, "registry-tokens", _] if is_name(key) => format!("/projects/{key}/registry-tokens"),
        ["projects", key, "tokens", name] if is_name(key) && is_name(name) => path,
        ["projects", key, "tokens", name, "test"] if is_name(key) && is_name(name) => format!("/projects/{key}/tokens/{name}"),
        _ => String::new(),
    }
}

/// Whether a path segment can be a key or a name. Browsers resolve `.` and `..`, encoded or not, to another path.
fn is_name(segment: &str) -> bool {
    !segment.to_ascii_lowercase().replace("%2e", ".").chars().all(|c| c == '.')
}

#[cfg(test)]
mod tests {
    use super::{is_other_address, page_path, same_origin_path, token, token_form, token_test, tokens_with};

    #[test]
    fn a_sign_in_never_leads_to_another_site() {
        assert_eq!(same_origin_path("/projects/A/registry-tokens?q=ci"), "/projects/A/registry-tokens?q=ci");
        for foreign in
            ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "evil", "javascript:alert(1)"]
        {
            assert_eq!(same_origin_path(foreign), "", "{foreign}");
            assert_eq!(page_path(foreign), "", "{foreign}");
        }
    }

    #[test]
    fn another_address_is_another_host_or_http_for_https() {
        for (configured, opened, is_other) in [
            ("https://tokens.example.com", "https://tokens.example.com", false),
            ("https://tokens.example.com", "http://tokens.example.com", true),
            ("https://tokens.example.com", "https://tokens.example.com:8443", true),
            ("https://tokens.example.com", "https://10.0.0.7", true),
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000", false),
            ("http://127.0.0.1:3000", "http://localhost:3000", true),
            ("http://tokens.example.com", "https://tokens.example.com", false),
        ] {
            assert_eq!(is_other_address(configured, opened), is_other, "{configured} {opened}");
        }
    }

    #[test]
    fn a_sign_in_leads_to_pages_only() {
        for page in [
            "/",
            "/?q=1",
            "/#main",
            "/projects/A/registry-tokens",
            "/projects/A/registry-tokens?q=a/b&next=//x",
            "/projects/a%01b/registry-tokens",
            "/projects/A/tokens/ci-main#test-title",
            "/projects/A/tokens/test",
        ] {
            assert_eq!(page_path(page), page);
        }
        for other in [
            "",
            "/sign-in",
            "/sign-out",
            "/theme",
            "/logo",
            "/token",
            "/token?service=x",
            "/healthz",
            "/v2/",
            "/api/tokens/list",
            "/pkg/registry-tokens.js",
            "/assets/icon.png",
            "/.well-known/jwks.json",
            "/projects",
            "/projects/A/registry-tokens.csv?q=1",
            "/projects/../registry-tokens/delete",
            "/projects/A/registry-tokens/delete/more",
            "/projects/A/tokens/x/other",
            "/projects//registry-tokens",
            "/projects/../registry-tokens",
            "/projects/A/tokens/%2E%2e",
            "/projects/A/tokens/.%2e",
        ] {
            assert_eq!(page_path(other), "", "{other}");
        }
        for (form, page) in [
            ("/projects/A/registry-tokens/delete", "/projects/A/registry-tokens"),
            ("/projects/A/registry-tokens/events?since=1", "/projects/A/registry-tokens"),
            ("/projects/a%3Fb/registry-tokens/", "/projects/a%3Fb/registry-tokens"),
            ("/projects/A/tokens/x/test#test-title", "/projects/A/tokens/x"),
        ] {
            assert_eq!(page_path(form), page, "{form}");
        }
    }

    #[test]
    fn what_was_decoded_is_encoded_again() {
        assert_eq!(token("ACME", "ci-main"), "/projects/ACME/tokens/ci-main");
        assert_eq!(token_test("a\u{1}b", "x?y"), "/projects/a%01b/tokens/x%3Fy/test");
        assert_eq!(tokens_with("a#b/ä", "q=1"), "/projects/a%23b%2F%C3%A4/registry-tokens?q=1");
        assert_eq!(token_form("a b+c", "..\r\n"), "/projects/a%20b%2Bc/registry-tokens/..%0D%0A");
    }
}
