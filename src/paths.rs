//! Every path of the portal's pages and forms.

pub const HOME: &str = "/";
pub const SIGN_IN: &str = "/sign-in";
pub const SIGN_OUT: &str = "/sign-out";
pub const THEME: &str = "/theme";
pub const LOGO: &str = "/logo";

/// A project's page.
pub fn tokens(project_key: &str) -> String {
    format!("/projects/{}/registry-tokens", segment(project_key))
}

/// A project's page with this query.
pub fn tokens_with(project_key: &str, query: &str) -> String {
    let path = tokens(project_key);
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

/// The form of one of the dialogs.
pub fn token_form(project_key: &str, action: &str) -> String {
    format!("{}/{}", tokens(project_key), segment(action))
}

/// The list as a file.
pub fn tokens_csv(project_key: &str, query: &str) -> String {
    format!("{}.csv?{query}", tokens(project_key))
}

/// The stream that tells of changes since a revision.
pub fn token_events(project_key: &str, revision: &str) -> String {
    format!("{}/events?since={revision}", tokens(project_key))
}

/// A token's own page.
pub fn token(project_key: &str, name: &str) -> String {
    format!("/projects/{}/tokens/{}", segment(project_key), segment(name))
}

/// The form of *Test this token*.
pub fn token_test(project_key: &str, name: &str) -> String {
    format!("{}/test", token(project_key, name))
}

/// A key or a name as a part of a path: what was decoded on its way in is encoded again.
fn segment(text: &str) -> String {
    // A form writes a blank as `+`, a path does not.
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

/// The sign-in page that leads on to `next`, a path with its query.
pub fn sign_in_to(next: &str) -> String {
    if next == HOME {
        return SIGN_IN.to_owned();
    }
    format!("{SIGN_IN}?{}", form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish())
}

/// Whether who opened the portal at `opened` should use the configured address instead: another host, or http for https. Both are
/// scheme and host as a browser writes them, without a slash at the end.
pub fn is_other_address(configured: &str, opened: &str) -> bool {
    let host = configured.strip_prefix("http://");
    configured != opened && (host.is_none() || opened.strip_prefix("https://") != host)
}

/// A path of this portal to go on to, or nothing: never another site's address.
pub fn same_origin_path(next: &str) -> String {
    let is_own = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\n', '\r', '\t']);
    if is_own { next.to_owned() } else { String::new() }
}

/// The same where it is the path of a page, or nothing: never a file or a function. The address of a form or of a stream leads
/// to the page that it belongs to.
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

/// Whether a part of a path is a key or a name of something. A browser follows one of dots, encoded or not, to another path.
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
