//! The theme: light, dark, or the system's setting.

use crate::tests::support::{
    TestApp,
    catalogue::CAROL,
    http::{PASSWORD, PORTAL, Reply},
    on_both,
};

on_both! {
    a_chosen_theme_is_kept_for_a_year,
    under_https_the_theme_travels_under_https_only,
    under_https_only_a_cookie_of_this_very_host_counts,
    every_page_is_rendered_in_the_chosen_theme,
    the_systems_theme_takes_the_cookie_away,
    a_cookie_that_names_no_theme_is_the_systems,
    what_is_no_theme_is_not_taken,
    choosing_a_theme_leads_back_to_the_page,
    choosing_a_theme_never_leads_to_another_site,
    the_answer_to_a_form_offers_no_theme,
}

/// The cookie of a response and its attributes, in sorted order.
fn cookie(reply: &Reply) -> Vec<&str> {
    let mut parts: Vec<&str> = reply.header("set-cookie").split("; ").collect();
    parts[1..].sort_unstable();
    parts
}

async fn a_chosen_theme_is_kept_for_a_year(app: TestApp) {
    let reply = app.browser().form("/theme", &[("theme", "dark")]).await;
    assert_eq!((reply.status, reply.header("location")), (303, "/"));
    assert_eq!(cookie(&reply), ["registry-tokens-theme=dark", "HttpOnly", "Max-Age=31536000", "Path=/", "SameSite=Lax"]);
}

async fn under_https_the_theme_travels_under_https_only(app: TestApp) {
    let app = app.with(|config| config.url = "https://tokens.example.test".parse().expect("an address")).await;
    let reply = app.browser().form("/theme", &[("theme", "light")]).await;
    assert_eq!(
        cookie(&reply),
        ["__Host-registry-tokens-theme=light", "HttpOnly", "Max-Age=31536000", "Path=/", "SameSite=Lax", "Secure"]
    );
}

async fn under_https_only_a_cookie_of_this_very_host_counts(app: TestApp) {
    let app = app.with(|config| config.url = "https://tokens.example.test".parse().expect("an address")).await;
    let carol = app.signed_in(CAROL).await;
    let page = async |cookie: &str| carol.clone().with("cookie", cookie).get("/projects/ACME/registry-tokens").await.body;
    let own = page("__Host-registry-tokens-theme=dark; __Host-registry-tokens-columns=products").await;
    assert!(own.contains("data-theme=\"dark\"") && own.contains("data-hide=\"products\""), "{own}");
    for unbound in ["registry-tokens-theme=dark; registry-tokens-columns=products", "theme=dark; columns=products"] {
        let page = page(unbound).await;
        assert!(!page.contains("data-theme=") && !page.contains("data-hide=\"products\""), "{unbound}");
    }
}

async fn every_page_is_rendered_in_the_chosen_theme(app: TestApp) {
    let carol = app.signed_in(CAROL).await;
    for theme in ["light", "dark"] {
        for path in ["/sign-in", "/", "/nowhere", "/projects/ACME/registry-tokens"] {
            let page = carol.clone().with("cookie", &format!("registry-tokens-theme={theme}")).get(path).await;
            assert!(page.body.contains(&format!("data-theme=\"{theme}\"")), "{path}: {}", page.body);
            assert!(page.body.contains(&format!("name=\"color-scheme\" content=\"{theme}\"")), "{path}: {}", page.body);
            let pressed = page.body.split("<button").find(|button| button.contains("aria-pressed=\"true\""));
            assert!(pressed.is_some_and(|button| button.contains(&format!("value=\"{theme}\""))), "{path}: {pressed:?}");
        }
    }
}

async fn the_systems_theme_takes_the_cookie_away(app: TestApp) {
    let reply = app.browser().with("cookie", "registry-tokens-theme=dark").form("/theme", &[("theme", "system")]).await;
    let cookie = cookie(&reply);
    assert!(cookie[0] == "registry-tokens-theme=" && cookie.contains(&"Max-Age=0") && cookie.contains(&"Path=/"), "{cookie:?}");
    let page = app.browser().get("/sign-in").await.body;
    assert!(!page.contains("data-theme") && page.contains("name=\"color-scheme\" content=\"light dark\""), "{page}");
}

async fn a_cookie_that_names_no_theme_is_the_systems(app: TestApp) {
    let expected = app.browser().get("/sign-in").await.seen();
    for named in ["", "DARK", "system", "\"><script>"] {
        assert_eq!(
            app.browser().with("cookie", &format!("registry-tokens-theme={named}")).get("/sign-in").await.seen(),
            expected,
            "{named}"
        );
    }
}

async fn what_is_no_theme_is_not_taken(app: TestApp) {
    for (name, value) in [("colour", "dark"), ("theme", ""), ("theme", "sepia"), ("theme", "dark; Domain=example")] {
        let reply = app.browser().form("/theme", &[(name, value)]).await;
        assert_eq!((reply.status, reply.header("set-cookie")), (422, ""), "{name}={value}");
    }
}

async fn choosing_a_theme_leads_back_to_the_page(app: TestApp) {
    for path in ["/sign-in?next=%2F", "/projects/ACME/registry-tokens?status=expired&q=a%2Fb", "/projects/ACME/tokens/ci-main"] {
        let browser = app.browser().with("referer", &format!("{PORTAL}{path}"));
        let reply = browser.form("/theme", &[("theme", "light")]).await;
        assert_eq!((reply.status, reply.header("location")), (303, path));
    }
}

async fn choosing_a_theme_never_leads_to_another_site(app: TestApp) {
    for (referer, leads_to) in [
        ("https://evil.example/", "/"),
        ("https://evil.example", "/"),
        ("https://evil.example/projects/ACME", "/projects/ACME"),
        ("http://127.0.0.1:3000//evil.example/", "/"),
        ("http://127.0.0.1:3000/\\evil.example", "/"),
        ("//evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("about:blank", "/"),
    ] {
        let reply = app.browser().with("referer", referer).form("/theme", &[("theme", "dark")]).await;
        assert_eq!((reply.status, reply.header("location")), (303, leads_to), "{referer}");
    }
}

async fn the_answer_to_a_form_offers_no_theme(app: TestApp) {
    let refused = app.browser().sign_in(CAROL, PASSWORD).await;
    assert!(refused.status == 401 && !refused.body.contains("action=\"/theme\""), "it cannot be asked for again: {refused:?}");
    assert!(app.browser().get("/sign-in").await.body.contains("action=\"/theme\""));
}
