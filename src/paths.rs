//! Every path of the portal's pages and forms.

pub const HOME: &str = "/";
pub const SIGN_IN: &str = "/sign-in";
pub const SIGN_OUT: &str = "/sign-out";
pub const THEME: &str = "/theme";
pub const LOGO: &str = "/logo";

/// A project's page.
pub fn tokens(project_key: &str) -> String {
    format!("/projects/{project_key}/registry-tokens")
}

/// A project's page with this query.
pub fn tokens_with(project_key: &str, query: &str) -> String {
    let path = tokens(project_key);
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

/// The form of one of the dialogs.
pub fn token_form(project_key: &str, action: &str) -> String {
    format!("/projects/{project_key}/registry-tokens/{action}")
}

/// The list as a file.
pub fn tokens_csv(project_key: &str, query: &str) -> String {
    format!("/projects/{project_key}/registry-tokens.csv?{query}")
}

/// The stream that tells of changes since a revision.
pub fn token_events(project_key: &str, revision: &str) -> String {
    format!("/projects/{project_key}/registry-tokens/events?since={revision}")
}

/// A token's own page.
pub fn token(project_key: &str, name: &str) -> String {
    format!("/projects/{project_key}/tokens/{name}")
}

/// The form of *Test this token*.
pub fn token_test(project_key: &str, name: &str) -> String {
    format!("/projects/{project_key}/tokens/{name}/test")
}

/// The sign-in page that leads on to `next`, a path with its query.
pub fn sign_in_to(next: &str) -> String {
    if next == HOME {
        return SIGN_IN.to_owned();
    }
    format!("{SIGN_IN}?{}", form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish())
}

/// A path of this portal to go on to, or nothing: never another site's address.
pub fn same_origin_path(next: &str) -> String {
    let is_own = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\n', '\r', '\t']);
    if is_own { next.to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::same_origin_path;

    #[test]
    fn a_sign_in_never_leads_to_another_site() {
        assert_eq!(same_origin_path("/projects/A/registry-tokens?q=ci"), "/projects/A/registry-tokens?q=ci");
        for foreign in
            ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "evil", "javascript:alert(1)"]
        {
            assert_eq!(same_origin_path(foreign), "", "{foreign}");
        }
    }
}
