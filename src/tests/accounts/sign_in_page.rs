//! The sign-in page when signing in cannot work, and its line about whom to contact.

use crate::server::config::help_line;

use crate::tests::support::{
    TestApp,
    catalogue::{CAROL, DAVE},
    http::{Browser, PASSWORD, Reply},
    on_both,
};

on_both! {
    a_browser_that_keeps_no_cookie_is_told_so_and_its_password_is_not_looked_at,
    a_browser_that_keeps_cookies_signs_in_and_keeps_the_session_only,
    an_address_that_is_not_the_configured_one_leads_to_that_one,
    without_a_configured_address_none_is_named,
    signing_in_at_another_address_names_the_configured_one_whatever_the_proxy_says,
    the_line_that_says_whom_to_ask_stands_at_sign_in_and_where_something_is_not_found,
}

const NO_COOKIE: &str = "Your browser keeps no cookie from this site";

/// Submits the sign-in form as the portal's own page does.
async fn submit(browser: &Browser<'_>, email: &str, next: &str) -> Reply {
    let fields = [("email", email), ("password", PASSWORD), ("next", next), ("check", "1")];
    browser.form("/sign-in", &fields).await
}

/// Name and value of the cookie that a response sets.
fn cookie(reply: &Reply) -> &str {
    reply.header("set-cookie").split(';').next().unwrap_or_default()
}

async fn a_browser_that_keeps_no_cookie_is_told_so_and_its_password_is_not_looked_at(app: TestApp) {
    app.set_password(CAROL).await;
    for (email, next) in [(CAROL, "/projects/ACME/registry-tokens?q=ci"), (DAVE, "")] {
        for _ in 0..2 {
            let reply = submit(&app.browser(), email, next).await;
            assert_eq!(reply.status, 403, "{email}");
            assert!(reply.body.contains(NO_COOKIE) && reply.body.contains(&format!("value=\"{email}\"")), "{}", reply.body);
            assert!(!reply.body.contains("Email or password is wrong") && !reply.body.contains("aria-invalid=\"true\""));
            // The response sets the check cookie, so a second attempt works if the browser stores cookies.
            assert_eq!(cookie(&reply), "registry-tokens-check=1");
        }
    }
    assert_eq!(app.number("SELECT count(*) FROM sessions", &[]).await, 0);
    assert!(app.audit("sign_in.denied").await.is_empty(), "nothing was guessed");
}

async fn a_browser_that_keeps_cookies_signs_in_and_keeps_the_session_only(app: TestApp) {
    for url in ["http://127.0.0.1:3000", "https://tokens.example.test"] {
        let app = app.second_at(url).await;
        app.set_password(CAROL).await;
        let page = app.browser().get("/sign-in?next=/projects/ACME/registry-tokens").await;
        let check = cookie(&page);
        assert!(
            check.ends_with("registry-tokens-check=1") && check.starts_with("__Host-") == url.starts_with("https"),
            "{check}"
        );
        let browser = app.browser().with("cookie", check);
        assert_eq!(browser.get("/sign-in").await.header("set-cookie"), "", "it has one");
        let reply = submit(&browser, CAROL, "/projects/ACME/registry-tokens").await;
        assert_eq!((reply.status, reply.header("location")), (303, "/projects/ACME/registry-tokens"));
        let set: Vec<&str> = reply.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok()).collect();
        let gone = |cookie: &&str| cookie.contains("check=;") && cookie.contains("Max-Age=0");
        assert!(set.len() == 2 && set.iter().any(gone), "{set:?}");
        let session = set.iter().find(|cookie| !gone(cookie)).and_then(|cookie| cookie.split(';').next()).expect("a session");
        let signed_in = app.browser().with("cookie", session);
        assert_eq!(signed_in.get("/").await.status, 200);
        assert_eq!(submit(&signed_in, CAROL, "").await.status, 303, "a page that was left open");
    }
}

async fn an_address_that_is_not_the_configured_one_leads_to_that_one(app: TestApp) {
    let app = app.second_at("https://tokens.example.test").await;
    let next = "/projects/ACME/registry-tokens?q=a&sort=name";
    let page = async |headers: &[(&'static str, &str)]| {
        let browser = headers.iter().fold(app.browser(), |browser, (name, value)| browser.with(name, value));
        browser
            .get(&format!("/sign-in?{}", form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish()))
            .await
    };
    let link = "href=\"https://tokens.example.test/sign-in?next=%2Fprojects%2FACME%2Fregistry-tokens%3Fq%3Da%26sort%3Dname\"";
    for (headers, is_elsewhere) in [
        (&[("host", "tokens.example.test")][..], false),
        (&[("host", "tokens.example.test"), ("x-forwarded-proto", "https")], false),
        (&[("host", "Tokens.Example.test:443"), ("x-forwarded-proto", "HTTPS")], false),
        (&[("host", "tokens.example.test:80"), ("x-forwarded-proto", "http")], true),
        (&[("host", "tokens.example.test"), ("x-forwarded-proto", "http")], true),
        (&[("host", "10.0.0.7:8080")], true),
        (&[("host", "evil.example"), ("x-forwarded-proto", "https")], true),
    ] {
        let page = page(headers).await;
        assert!(page.body.contains(link) && page.body.contains("This is not the portal's address"), "{headers:?}: {}", page.body);
        let paragraph =
            page.body.split("This is not the portal").next().and_then(|before| before.rsplit('<').next()).expect("its tag");
        assert_eq!(!paragraph.contains("hidden"), is_elsewhere, "{headers:?}: {paragraph}");
        assert!(!page.body.contains("evil.example"));
    }
}

async fn without_a_configured_address_none_is_named(app: TestApp) {
    let app =
        app.with(|config| config.url = crate::server::config::setting::PublicUrl::of_listener(config.leptos.site_addr)).await;
    let page = app.browser().get("/sign-in").await;
    assert!(page.status == 200 && !page.body.contains("This is not the portal"));
    let reply = submit(&app.browser(), CAROL, "").await;
    assert!(reply.body.contains(NO_COOKIE) && !reply.body.contains("This is not the portal"));
}

async fn signing_in_at_another_address_names_the_configured_one_whatever_the_proxy_says(app: TestApp) {
    let app = app.second_at("https://tokens.example.test").await;
    for origin in ["http://tokens.example.test", "http://10.0.0.7:8080"] {
        let host = origin.trim_start_matches("http://");
        let browser = app.browser().with("host", host).with("origin", origin).with("x-forwarded-proto", "https");
        let reply = submit(&browser, CAROL, "/projects/ACME/registry-tokens").await;
        assert_eq!(reply.status, 403, "{}", reply.body);
        let link = "href=\"https://tokens.example.test/sign-in?next=%2Fprojects%2FACME%2Fregistry-tokens\"";
        assert!(reply.body.contains(NO_COOKIE) && reply.body.contains(link), "{}", reply.body);
        assert!(reply.body.contains("<p role=\"status\" class=\"alert\">This is not"), "it is shown: {}", reply.body);
    }
}

async fn the_line_that_says_whom_to_ask_stands_at_sign_in_and_where_something_is_not_found(app: TestApp) {
    for (line, shown) in [
        (
            "Ask <b>Zo\u{eb}</b>: zoe@acme.example.",
            "Ask &lt;b&gt;Zo\u{eb}&lt;/b&gt;: <a href=\"mailto:zoe@acme.example\">zoe@acme.example",
        ),
        ("Help: https://help.example.com/x?a=1&b=2", "Help: <a href=\"https://help.example.com/x?a=1&amp;b=2\">https://help"),
    ] {
        let mut config = app.state.config.clone();
        config.help_line = help_line::parse(line).expect("a line");
        let app = app.second_with(config).await;
        let carol = app.signed_in(CAROL).await;
        for page in [
            app.browser().get("/sign-in").await,
            app.browser().sign_in(CAROL, "wrong").await,
            carol.get("/no/such/page").await,
            carol.get("/projects/GLOBEX/registry-tokens").await,
        ] {
            assert!(page.body.contains(shown), "{line}: {}", page.body);
        }
        assert!(!carol.get("/").await.body.contains("help-line"));
    }
    let mut config = app.state.config.clone();
    config.help_line = help_line::parse("").expect("none");
    let none = app.second_with(config).await;
    assert!(!none.browser().get("/sign-in").await.body.contains("help-line"));
    assert!(app.browser().get("/sign-in").await.tells("Ask your project's customer admin."), "the default");
}
