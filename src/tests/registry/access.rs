//! Which credentials the token endpoint accepts, and which access it grants.

use crate::server::{accounts, publishers};

use crate::tests::support::{
    TestApp,
    catalogue::{ADMIN, CAROL, DAVE, GINA, PAT, PIPELINE, project, remove},
    http::Reply,
    on_both,
    registry::{SERVICE, address, basic},
};

on_both! {
    what_is_asked_and_allowed_is_granted,
    a_customer_never_pushes_and_a_publisher_does,
    a_publisher_ends_when_it_is_deleted,
    nobody_with_a_scope_gets_a_jwt_that_opens_nothing,
    nobody_without_a_scope_is_refused,
    a_refusal_reads_as_clients_print_it,
    credentials_that_are_wrong_are_never_taken_for_nobody,
    every_refusal_looks_the_same,
    a_refusal_leaves_a_row_that_says_why,
    a_refused_push_leaves_a_row_though_the_pull_beside_it_is_granted,
    too_many_failures_are_refused_and_the_right_secret_still_passes,
    an_address_that_tries_many_names_is_refused,
}

const PULL: &str = "repository:wso2-apim/am:pull";
const REALM: &str = "Basic realm=\"registry.example.test\"";

async fn what_is_asked_and_allowed_is_granted(app: TestApp) {
    let token = app.token(PAT, "GLOBEX", "ci-main").await;
    for (asked, granted) in [
        (&["repository:wso2-is/is:pull"][..], "wso2-is/is:pull"),
        (&["repository:wso2-is/is:pull,push"], "wso2-is/is:pull"),
        (&["repository:wso2-is/is:push"], ""),
        (&["repository:wso2-is/is:delete"], ""),
        (&["repository:wso2-is/is:*"], ""),
        (&["repository:wso2-is/is:pull,*"], "wso2-is/is:pull"),
        (&["repository:wso2-is/is-tools:pull", "repository:wso2-is/is-x:pull"], "wso2-is/is-tools:pull"),
        (&["repository:wso2-is/is/deeper:pull"], ""),
        (&["repository:wso2-apim/am:pull", "repository:wso2-is/is:pull"], "wso2-is/is:pull"),
        (&[], ""),
    ] {
        assert_eq!(app.granted(&app.ask(&token, asked).await).await, granted, "{asked:?}");
    }
}

async fn a_customer_never_pushes_and_a_publisher_does(app: TestApp) {
    let push = "repository:wso2-apim/am:pull,push";
    for token in [app.token(ADMIN, "ACME", "admins").await, app.service_token(ADMIN, "ACME", "pipeline", PIPELINE).await] {
        assert_eq!(app.granted(&app.ask(&token, &[push]).await).await, "wso2-apim/am:pull");
    }
    let (login_name, secret) = app.publisher("Release-1", "wso2-apim/*, wso2-is/is").await.expect("a publisher");
    assert_eq!(login_name, "release-1");
    let reply =
        app.browser().ask(&login_name, &secret, &[push, "repository:wso2-is/is:push", "repository:wso2-mi/mi:push,pull"]).await;
    assert_eq!(app.granted(&reply).await, "wso2-apim/am:pull,push wso2-is/is:push");
    let all = app.browser().ask(&login_name, &secret, &["repository:wso2-apim/am:*,delete", "registry:catalog:*"]).await;
    assert_eq!(app.granted(&all).await, "");
}

async fn a_publisher_ends_when_it_is_deleted(app: TestApp) {
    let (login_name, secret) = app.publisher("release", "wso2-apim/*").await.expect("a publisher");
    assert!(app.publisher("RELEASE", "wso2-is/is").await.is_err(), "there is one already");
    assert!(app.lets_in("Release", &secret).await);
    app.app_error(publishers::delete(&app.state, "release").await).await.expect("it is deleted");
    assert!(!app.lets_in(&login_name, &secret).await);
}

async fn nobody_with_a_scope_gets_a_jwt_that_opens_nothing(app: TestApp) {
    let reply = app.browser().get(&address(&[PULL])).await;
    let jwt = app.jwt(&reply).await;
    assert_eq!((jwt.claims["access"].as_array().map(Vec::len), jwt.claims["sub"].as_str()), (Some(0), Some("")));
    assert_eq!((reply.header("cache-control"), reply.header("www-authenticate")), ("no-store", ""));
}

async fn nobody_without_a_scope_is_refused(app: TestApp) {
    for address in [address(&[]), address(&[""]), address(&[" ", ""])] {
        let reply = app.browser().get(&address).await;
        assert_eq!((reply.status, reply.header("www-authenticate")), (401, REALM), "{address}");
    }
}

async fn a_refusal_reads_as_clients_print_it(app: TestApp) {
    let reply = app.browser().ask("acme.nothing", "wrt_wrong", &[PULL]).await;
    assert_eq!((reply.status, reply.header("www-authenticate")), (401, REALM));
    assert_eq!((reply.header("content-type"), reply.header("cache-control")), ("application/json", "no-store"));
    let answer = reply.json();
    let error = &answer["errors"][0];
    assert_eq!((answer.as_object().map(|fields| fields.len()), error["code"].as_str()), (Some(1), Some("UNAUTHORIZED")));
    let message = error["message"].as_str().expect("a message");
    assert!(message.contains("Look at it in the portal: http://127.0.0.1:3000"), "{message}");
}

async fn credentials_that_are_wrong_are_never_taken_for_nobody(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let login = token.row.login_name.as_str();
    let unsaid = basic(login, &token.secret).replace("Basic ", "");
    for wrong in [
        basic(login, ""),
        basic("", ""),
        basic("", &token.secret),
        basic(login, &token.secret.to_lowercase()),
        basic(login, &format!("{}.", token.secret)),
        basic(login, &format!("{} {}", &token.secret[..20], &token.secret[20..])),
        basic(&format!("{login}x"), &token.secret),
        basic("acme", &token.secret),
        "Basic".to_owned(),
        "Basic !!!".to_owned(),
        "Basic bm8tY29sb24=".to_owned(),
        "Basic /w==".to_owned(),
        format!("Bearer {}", token.secret),
        unsaid,
    ] {
        let reply = app.browser().with("authorization", &wrong).get(&address(&[PULL])).await;
        assert_eq!((reply.status, reply.header("www-authenticate")), (401, REALM), "{wrong}");
    }
    // The correct secret, sent in the same way, is accepted.
    assert!(app.lets_in(login, &token.secret).await);
}

async fn every_refusal_looks_the_same(app: TestApp) {
    let wrong = app.token(CAROL, "ACME", "wrong").await;
    let renewed = app.token(CAROL, "ACME", "renewed").await;
    let deleted = app.token(CAROL, "ACME", "deleted").await;
    let disabled = app.token(CAROL, "ACME", "disabled").await;
    let deactivated = app.token(DAVE, "ACME", "deactivated").await;
    let left = app.token(PAT, "ACME", "left").await;
    let expired = app.token(GINA, "GLOBEX", "expired").await;
    let carol = app.actor(CAROL).await;
    app.regenerate(&carol, "ACME", &renewed.row.id, 1).await.expect("a new secret");
    app.delete(&carol, "ACME", &deleted.row.id).await.expect("it is deleted");
    app.execute("UPDATE tokens SET disabled_at = 1 WHERE id = $1", &[(&disabled.row.id).into()]).await;
    app.reimport_catalogue(|catalogue| remove(&mut project(catalogue, "ACME")["members"], "email", PAT)).await;
    app.app_error(accounts::deactivate(&app.state, DAVE).await).await.expect("he is deactivated");
    app.at("2027-01-15T00:00:00Z");

    let scopes = [PULL, "repository:wso2-is/is:pull"];
    let expected: String = app.browser().ask("acme.unknown", &wrong.secret, &scopes).await.seen();
    assert!(expected.starts_with("401"), "{expected}");
    for (why, login_name, secret) in [
        ("unknown publisher", "unknown", &wrong.secret),
        ("mistyped", &wrong.row.login_name, &"wrt_mistyped".to_owned()),
        ("another's", &wrong.row.login_name, &expired.secret),
        ("renewed", &renewed.row.login_name, &renewed.secret),
        ("deleted", &deleted.row.login_name, &deleted.secret),
        ("disabled", &disabled.row.login_name, &disabled.secret),
        ("deactivated", &deactivated.row.login_name, &deactivated.secret),
        ("left", &left.row.login_name, &left.secret),
        ("expired", &expired.row.login_name, &expired.secret),
    ] {
        let get = app.browser().ask(login_name, secret, &scopes).await;
        assert_eq!(get.seen(), expected, "{why}");
        let scopes = scopes.join(" ");
        let fields = [("username", login_name), ("password", secret), ("scope", &scopes)];
        let fields = [&[("grant_type", "password"), ("service", SERVICE)], &fields[..]].concat();
        assert_eq!(app.browser().form("/token", &fields).await.seen(), expected, "{why}");
    }
    assert!(app.lets_in(&wrong.row.login_name, &wrong.secret).await);
}

async fn a_refusal_leaves_a_row_that_says_why(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let login = token.row.login_name.as_str();
    let podman = app.browser().from([198, 51, 100, 7]).with("user-agent", "containers/5.16");
    podman.ask(login, "wrt_wrong", &[PULL]).await;
    podman.ask(login, &token.secret, &["repository:wso2-ob/obam:pull"]).await;
    app.pass(1);
    app.app_error(accounts::deactivate(&app.state, CAROL).await).await.expect("she is deactivated");
    podman.ask(login, &token.secret, &[PULL]).await;

    let refused = app.audit("registry.login.denied").await;
    let why: Vec<_> = refused.iter().map(|row| row.detail.as_str()).collect();
    assert_eq!(why, ["wrong secret", "owner deactivated"]);
    let unopened = app.audit("registry.access.denied").await;
    assert_eq!(unopened.iter().map(|row| row.detail.as_str()).collect::<Vec<_>>(), ["repository:wso2-ob/obam:pull"]);
    for row in refused.iter().chain(&unopened) {
        assert_eq!((row.token_id.as_deref(), row.login_name.as_deref()), (Some(token.row.id.as_str()), Some(login)));
        assert_eq!((row.address.as_str(), row.client.as_str()), ("198.51.100.7", "containers/5.16"));
    }
}

/// As `docker push` and others ask: for pull and push at once.
async fn a_refused_push_leaves_a_row_though_the_pull_beside_it_is_granted(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    for (asked, refused) in [
        ("repository:wso2-apim/am:pull,push", "repository:wso2-apim/am:push"),
        ("repository:wso2-apim/am:delete,pull,push", "repository:wso2-apim/am:delete,push"),
    ] {
        assert_eq!(app.granted(&app.ask(&token, &[asked, PULL]).await).await, "wso2-apim/am:pull", "{asked}");
        let rows = app.audit("registry.access.denied").await;
        assert_eq!(rows.last().map(|row| row.detail.as_str()), Some(refused), "{asked}");
        app.next_window();
    }
    assert!(app.pulls(&token, "wso2-apim/am").await);
    assert_eq!(app.audit("registry.access.denied").await.len(), 2, "a pull that is granted leaves none");
}

/// Checks a 429 and returns the seconds to wait.
fn assert_throttled(reply: &Reply) -> i64 {
    assert_eq!((reply.status, reply.header("cache-control")), (429, "no-store"), "{reply:?}");
    assert_eq!(reply.json()["errors"][0]["code"], "TOOMANYREQUESTS");
    reply.header("retry-after").parse().expect("whole seconds")
}

async fn too_many_failures_are_refused_and_the_right_secret_still_passes(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let login = token.row.login_name.as_str();
    let wrong = async || app.browser().ask(login, "wrt_wrong", &[PULL]).await;
    for _ in 0..10 {
        assert_eq!(wrong().await.status, 401);
    }
    let wait = assert_throttled(&wrong().await);
    assert!((1..=60).contains(&wait), "{wait}");
    assert!(app.pulls(&token, "wso2-apim/am").await, "a stranger must not be able to lock a customer out");
    assert_eq!(app.browser().from([198, 51, 100, 7]).ask(login, "wrt_wrong", &[]).await.status, 401);
    assert_eq!(app.browser().ask("acme.other", "wrt_wrong", &[]).await.status, 401);
    app.pass(wait);
    assert_eq!(wrong().await.status, 401);
}

async fn an_address_that_tries_many_names_is_refused(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    for n in 0..100 {
        assert_eq!(app.browser().ask(&format!("acme.guess-{n}"), "wrt_wrong", &[]).await.status, 401);
    }
    assert_throttled(&app.browser().ask("acme.fresh", "wrt_wrong", &[]).await);
    assert!(app.lets_in(&token.row.login_name, &token.secret).await);
}
