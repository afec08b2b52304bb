//! URLs with invalid characters: they never break a page or redirect to another site.

use crate::tests::support::{
    TestApp,
    catalogue::CAROL,
    http::{PASSWORD, PORTAL, Reply},
    on_both,
};

on_both! {
    an_address_with_odd_characters_is_answered_in_words,
    a_sign_in_leads_on_to_pages_only_and_encoded,
    a_theme_leads_back_to_an_encoded_address,
    signing_in_for_a_file_leads_to_its_page,
    the_form_of_a_token_named_test_leads_to_its_page,
}

/// Percent-encoded, as in a URL.
const ODD: [&str; 20] = [
    "%00",
    "a%01b",
    "%1F",
    "%7f",
    "%0d%0aset-cookie:x=y",
    "%09",
    "%3f",
    "%23",
    "%2f",
    "%5C",
    "%25",
    "%ff",
    "%c3%28",
    "%c3%a4",
    "%e2%80%ae",
    "%2e%2e",
    "%20",
    "a+b;c='d'",
    "%22%3Cb%3E",
    "%",
];

/// Checks that a response is neither 400 nor an internal error, and that a redirect leads to a valid URL of the portal.
fn assert_whole(reply: &Reply, what: &str) {
    assert!(reply.status < 500 && reply.status != 400, "{what}: {reply:?}");
    let Some(location) = reply.headers.get("location") else { return };
    let location = location.to_str().unwrap_or_else(|_| panic!("{what}: not in ASCII: {location:?}"));
    assert!(location.bytes().all(|byte| (0x21..0x7f).contains(&byte)), "{what}: {location}");
    let is_own = location.starts_with('/') && !location.starts_with("//");
    assert!(is_own && location.parse::<axum::http::Uri>().is_ok(), "{what}: {location}");
}

async fn an_address_with_odd_characters_is_answered_in_words(app: TestApp) {
    app.token(CAROL, "ACME", "ci-main").await;
    let carol = app.signed_in(CAROL).await;
    for odd in ODD {
        let below = |key: &str, name: &str| {
            ["registry-tokens", "registry-tokens?q=", "registry-tokens.csv", "registry-tokens/events", "registry-tokens/delete"]
                .map(|page| format!("/projects/{key}/{page}"))
                .into_iter()
                .chain(["", "/test", "/more"].map(|page| format!("/projects/{key}/tokens/{name}{page}")))
                .collect::<Vec<_>>()
        };
        let mut paths = below(odd, "x");
        paths.extend(below("ACME", odd));
        paths.extend([format!("/projects/ACME/registry-tokens/{odd}"), format!("/{odd}"), format!("/sign-in?next=/{odd}")]);
        for path in paths {
            for (browser, who) in [(&carol, "carol"), (&app.browser(), "nobody")] {
                // An event stream that she may open never ends.
                if !(path.starts_with("/projects/ACME/") && path.ends_with("/events")) {
                    assert_whole(&browser.get(&path).await, &format!("GET {path} by {who}"));
                }
                let fields = [("login_name", "x"), ("secret", "x"), ("token_id", "x")];
                let posted = browser.form(&path, &fields).await;
                assert_whole(&posted, &format!("POST {path} by {who}"));
            }
        }
    }
}

async fn a_sign_in_leads_on_to_pages_only_and_encoded(app: TestApp) {
    app.set_password(CAROL).await;
    for (next, leads_to) in [
        ("/%01", "/"),
        ("/\u{1}", "/"),
        ("/projects/a%01b/registry-tokens", "/projects/a%01b/registry-tokens"),
        ("/projects/a\u{1}b/registry-tokens", "/projects/a%01b/registry-tokens"),
        ("/projects/ä/tokens/ü?q=ö", "/projects/%C3%A4/tokens/%C3%BC?q=%C3%B6"),
        ("/projects/ACME/tokens/a%3fb%23c", "/projects/ACME/tokens/a%3fb%23c"),
        ("/?q=\u{7f}\"", "/?q=%7F%22"),
        ("/projects/ACME/registry-tokens.csv", "/"),
        ("/projects/ACME/registry-tokens/events?since=1", "/projects/ACME/registry-tokens"),
        ("/projects/ACME/registry-tokens/generate", "/projects/ACME/registry-tokens"),
        ("/projects/ACME/tokens/../../../logo", "/"),
        ("/api/tokens/list", "/"),
        ("/token?service=registry.example.test", "/"),
        ("/pkg/registry-tokens.wasm", "/"),
        ("/v2/", "/"),
        ("/sign-out", "/"),
    ] {
        let reply = app.browser().form("/sign-in", &[("email", CAROL), ("password", PASSWORD), ("next", next)]).await;
        assert_eq!((reply.status, reply.header("location")), (303, leads_to), "{next:?}");
        assert!(reply.header("set-cookie").starts_with("registry-tokens-session="), "{next:?}");
        let refused = app.browser().form("/sign-in", &[("email", "x@acme.example"), ("password", "x"), ("next", next)]).await;
        assert_eq!(refused.status, 401, "{next:?}");
        app.pass(60);
    }
}

async fn a_theme_leads_back_to_an_encoded_address(app: TestApp) {
    for (path, leads_to) in
        [("/projects/a%01b/tokens/x", "/projects/a%01b/tokens/x"), ("/a b", "/a%20b"), ("/<b>?q=\"", "/%3Cb%3E?q=%22")]
    {
        let reply = app.browser().with("referer", &format!("{PORTAL}{path}")).form("/theme", &[("theme", "dark")]).await;
        assert_eq!((reply.status, reply.header("location")), (303, leads_to), "{path}");
    }
}

async fn signing_in_for_a_file_leads_to_its_page(app: TestApp) {
    for (file, page) in [
        ("/projects/ACME/registry-tokens.csv", "/sign-in?next=%2Fprojects%2FACME%2Fregistry-tokens"),
        ("/projects/ACME/registry-tokens.csv?q=ci", "/sign-in?next=%2Fprojects%2FACME%2Fregistry-tokens%3Fq%3Dci"),
        ("/projects/a%3fb/registry-tokens.csv", "/sign-in?next=%2Fprojects%2Fa%253Fb%2Fregistry-tokens"),
    ] {
        assert_eq!(app.browser().get(file).await.header("location"), page, "{file}");
    }
}

async fn the_form_of_a_token_named_test_leads_to_its_page(app: TestApp) {
    for name in ["test", "ci-main", "a%3fb", "latest"] {
        let reply = app.browser().get(&format!("/projects/ACME/tokens/{name}/test")).await;
        assert_eq!(reply.header("location"), format!("/projects/ACME/tokens/{name}"), "{name}");
    }
}
