//! Unusual clients: credentials in another place, several scopes, or requests to the portal instead of the registry.

use axum::{body::Body, http::Method};

use crate::tests::support::{
    TestApp,
    catalogue::CAROL,
    on_both,
    registry::{SERVICE, basic},
};

on_both! {
    a_form_may_have_its_credentials_in_the_header,
    a_header_and_a_form_that_differ_are_refused_and_counted,
    a_wrong_header_of_a_form_is_counted,
    repeated_scopes_do_not_hide_the_wanted_one,
    a_client_that_takes_the_portal_for_the_registry_is_told_where_it_is,
    a_browser_is_no_client_of_the_endpoint,
}

const PULL: &str = "repository:wso2-apim/am:pull";
const GRANT: [(&str, &str); 3] = [("grant_type", "password"), ("service", SERVICE), ("scope", PULL)];

async fn a_form_may_have_its_credentials_in_the_header(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let (name, secret) = (token.row.login_name.as_str(), token.secret.as_str());
    let quoted = format!("\"{secret}\"\n");
    for form in [
        &[][..],
        &[("client_id", "vscode-docker")],
        &[("username", name)],
        &[("password", secret)],
        &[("username", name), ("password", secret)],
        &[("username", "ACME.CI-main "), ("password", &quoted)],
        &[("username", ""), ("password", "")],
        &[("username", name), ("username", name)],
    ] {
        for scheme in ["Basic", "basic"] {
            let client = app.browser().with("authorization", &basic(name, secret).replace("Basic", scheme));
            let reply = client.form("/token", &[&GRANT[..], form].concat()).await;
            assert_eq!(app.granted(&reply).await, "wso2-apim/am:pull", "{form:?}");
            assert_eq!(reply.json()["scope"], PULL, "{form:?}");
        }
    }
    // Another authentication scheme is ignored; the credentials in the form apply.
    let bearer = app.browser().with("authorization", "Bearer x.y.z");
    let reply = bearer.form("/token", &[&GRANT[..], &[("username", name), ("password", secret)]].concat()).await;
    assert_eq!(reply.status, 200);
    assert_eq!(bearer.form("/token", &GRANT).await.json()["error"], "invalid_request");
}

async fn a_header_and_a_form_that_differ_are_refused_and_counted(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let (name, secret) = (token.row.login_name.as_str(), token.secret.as_str());
    let ask = async |header: &str, form: &[(&str, &str)]| {
        let client = app.browser().with("authorization", header);
        let reply = client.form("/token", &[&GRANT[..], form].concat()).await;
        (reply.status, reply.json()["error"].as_str().map(str::to_owned), reply.json().get("token").is_some())
    };
    let invalid = (400, Some("invalid_request".to_owned()), false);
    let right = basic(name, secret);
    for (header, form) in [
        (&right, &[("username", "acme.other")][..]),
        (&right, &[("password", "wrt_other")]),
        (&right, &[("username", name), ("password", "wrt_other")]),
        (&right, &[("username", name), ("username", "acme.other")]),
        (&basic(name, "wrt_other"), &[("username", name), ("password", secret)]),
        (&basic("acme.other", secret), &[("username", name), ("password", secret)]),
        (&"Basic ???".to_owned(), &[("username", name), ("password", secret)]),
    ] {
        assert_eq!(ask(header, form).await, invalid, "{form:?}");
    }
    let repeated = [&GRANT[..], &[("username", name), ("password", "wrt_other"), ("password", secret)]].concat();
    let reply = app.browser().form("/token", &repeated).await;
    assert_eq!((reply.status, reply.json()["error"].as_str()), (400, Some("invalid_request")), "twice in the form");
    let rows = app.audit("registry.login.denied").await;
    assert_eq!(rows.len(), 8);
    assert!(rows.iter().all(|row| row.detail == "header and form differ"), "{rows:?}");
    app.pass(60);
    for _ in 0..10 {
        assert_eq!(ask(&right, &[("password", "wrt_other")]).await, invalid);
    }
    assert_eq!(ask(&right, &[("password", "wrt_other")]).await.0, 429, "it is a guess like every other");
    assert_eq!(ask(&right, &[]).await.0, 200, "a right secret always passes");
}

async fn a_wrong_header_of_a_form_is_counted(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let name = token.row.login_name.as_str();
    let wrong = app.browser().with("authorization", &basic(name, "wrt_wrong"));
    for _ in 0..10 {
        let reply = wrong.form("/token", &GRANT).await;
        assert_eq!((reply.status, reply.json()["errors"][0]["code"].as_str()), (401, Some("UNAUTHORIZED")));
        assert!(reply.header("www-authenticate").starts_with("Basic realm="));
    }
    assert_eq!(wrong.form("/token", &GRANT).await.status, 429);
    assert_eq!(app.browser().ask(name, "wrt_wrong", &[]).await.status, 429, "counted with all others");
    let right = app.browser().with("authorization", &basic(name, &token.secret));
    assert_eq!(right.form("/token", &GRANT).await.status, 200);
    let unreadable = app.browser().with("authorization", "Basic ###");
    assert_eq!(unreadable.form("/token", &GRANT).await.status, 401, "wrong, not absent");
}

async fn repeated_scopes_do_not_hide_the_wanted_one(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let wanted = "repository:wso2-mi/mi:pull";
    let many = |text: &dyn Fn(usize) -> String| (0..60).map(text).collect::<Vec<_>>();
    for before in [
        many(&|_| PULL.to_owned()),
        many(&|n| format!("repository:wso2-apim/am:{}", if n % 2 == 0 { "pull" } else { "push,pull" })),
        many(&|n| format!("registry:catalog-{n}:*")),
        many(&|n| format!("garbage-{n}")),
    ] {
        let scopes: Vec<&str> = before.iter().map(String::as_str).chain([wanted]).collect();
        let (get, joined) = (app.ask(&token, &scopes).await, scopes.join(" "));
        let fields = [("username", token.row.login_name.as_str()), ("password", &token.secret), ("scope", &joined)];
        let post = app.browser().form("/token", &[&GRANT[..2], &fields].concat()).await;
        for reply in [get, post] {
            assert!(app.granted(&reply).await.ends_with("wso2-mi/mi:pull"), "{before:?}");
        }
    }
}

async fn a_client_that_takes_the_portal_for_the_registry_is_told_where_it_is(app: TestApp) {
    let app = app.with(|config| config.registry = "images.example.test:5443".parse().expect("a host")).await;
    let client = app.browser().with("origin", "https://evil.example");
    for path in [
        "/v2",
        "/v2/",
        "/v2/?x=y",
        "/v2/_catalog",
        "/v2/wso2-apim/am/manifests/4.5.0",
        "/v2//",
        "/v2/%ff",
        "/v1/_ping",
        "/v1",
        "/v1/",
        "/v1/search?q=x",
    ] {
        for method in [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS] {
            let reply = client.send(method.clone(), path, "application/octet-stream", Body::from("x")).await;
            assert_eq!(reply.status, 404, "{method} {path}");
            assert_eq!((reply.header("content-type"), reply.header("cache-control")), ("application/json", "no-store"));
            if method != Method::HEAD {
                let message = reply.json()["errors"][0]["message"].as_str().map(str::to_owned).expect("a message");
                assert!(message.contains("docker login images.example.test:5443"), "{method} {path}: {message}");
            }
        }
    }
    for path in ["/v3/", "/v22", "/v2x/"] {
        assert!(app.browser().get(path).await.header("content-type").starts_with("text/html"), "{path}");
    }
}

async fn a_browser_is_no_client_of_the_endpoint(app: TestApp) {
    let browser = app.browser().with("origin", "https://app.example").with("access-control-request-method", "GET");
    let preflight = browser.send(Method::OPTIONS, "/token", "", Body::empty()).await;
    assert_eq!(preflight.status, 405);
    let answer = browser.get(&format!("/token?service={SERVICE}&scope={PULL}")).await;
    for reply in [preflight, answer] {
        assert!(!reply.headers.keys().any(|name| name.as_str().starts_with("access-control-")), "{reply:?}");
    }
}
