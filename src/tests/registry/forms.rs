//! The token endpoint's two kinds of request, GET and POST: what it reads, and what every response contains.

use axum::{body::Body, http::Method};
use serde_json::Value;

use crate::tests::support::{
    TestApp,
    catalogue::CAROL,
    http::{Reply, exchange},
    on_both,
    registry::{SERVICE, address, basic},
    tokens::Made,
};

on_both! {
    the_registry_is_asked_by_get_with_basic_credentials,
    the_registry_is_asked_by_post_with_a_form,
    a_form_may_name_its_charset_and_come_in_chunks,
    scopes_may_be_repeated_or_parted_by_blanks_in_both_forms,
    odd_scopes_grant_nothing_and_spoil_nothing,
    only_so_many_scopes_are_looked_at,
    another_service_is_refused_and_never_copied,
    a_form_that_is_none_or_of_another_grant_gets_an_oauth_error,
    other_methods_and_large_forms_are_refused_in_json,
    a_database_that_is_away_is_said_in_json,
    a_pull_is_counted_with_its_client,
}

const PULL: &str = "repository:wso2-apim/am:pull";

/// Checks what every response must be: JSON that no client or proxy may store.
fn assert_json(reply: &Reply) -> Value {
    assert_eq!((reply.header("content-type"), reply.header("cache-control")), ("application/json", "no-store"), "{reply:?}");
    reply.json()
}

/// Checks a refusal: it has the code and the message that clients print.
fn assert_refusal(reply: &Reply, status: u16) {
    let error = &assert_json(reply)["errors"][0];
    assert_eq!(reply.status, status, "{reply:?}");
    assert!(error["code"].as_str().is_some_and(|code| !code.is_empty()), "{reply:?}");
    assert!(error["message"].as_str().is_some_and(|message| !message.is_empty()), "{reply:?}");
}

fn form<'a>(token: &'a Made, scopes: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("grant_type", "password"), ("service", SERVICE), ("client_id", "containerd")];
    fields.extend([("username", token.row.login_name.as_str()), ("password", token.secret.as_str())]);
    fields.extend(scopes.iter().map(|scope| ("scope", *scope)));
    fields
}

async fn the_registry_is_asked_by_get_with_basic_credentials(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let docker = "&account=somebody.else&client_id=docker&offline_token=true";
    for kind in ["Basic", "basic", "BASIC"] {
        let credentials = basic(&token.row.login_name, &token.secret).replace("Basic", kind);
        let reply = app.browser().with("authorization", &credentials).get(&(address(&[PULL]) + docker)).await;
        let answer = assert_json(&reply);
        assert_eq!(answer["token"], answer["access_token"]);
        assert!(answer["expires_in"].is_i64() && answer["expires_in"] == 300, "{answer}");
        let fields: Vec<_> = answer.as_object().expect("an object").keys().collect();
        assert_eq!(fields, ["access_token", "expires_in", "token"], "no issued_at, no refresh_token, no scope");
        assert_eq!(app.granted(&reply).await, "wso2-apim/am:pull");
        assert_eq!(app.jwt(&reply).await.claims["sub"], token.row.login_name, "the account parameter names nobody");
    }
}

async fn the_registry_is_asked_by_post_with_a_form(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let mut fields = form(&token, &["repository:wso2-apim/am:pull,push"]);
    fields.push(("access_type", "offline"));
    let reply = app.browser().form("/token", &fields).await;
    let answer = assert_json(&reply);
    assert_eq!(answer["scope"], PULL, "a POST's answer repeats what was granted");
    assert_eq!((&answer["token"], answer["expires_in"].is_i64()), (&answer["access_token"], true));
    assert!(answer.get("refresh_token").is_none() && answer.get("issued_at").is_none());
    assert_eq!(app.granted(&reply).await, "wso2-apim/am:pull");

    fields[4].1 = "wrt_wrong";
    let wrong = app.browser().form("/token", &fields).await;
    assert_refusal(&wrong, 401);
    assert!(wrong.json().get("error").is_none(), "clients do not print an OAuth error's text");
}

async fn a_form_may_name_its_charset_and_come_in_chunks(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(form(&token, &[PULL])).finish();
    let (first, second) = form.split_at(20);
    let request = format!(
        "POST /token HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\
         Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\n\r\n\
         {:x}\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n",
        first.len(),
        second.len()
    );
    let answer = exchange(app.listen().await, request).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let (_, body) = answer.split_once("\r\n\r\n").expect("a body");
    assert_eq!(serde_json::from_str::<Value>(body).expect("JSON")["scope"], PULL);
}

async fn scopes_may_be_repeated_or_parted_by_blanks_in_both_forms(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let (one, other) = ("repository:wso2-apim/am:pull", "repository:wso2-mi/mi:pull");
    let joined = format!("{one} {other}");
    let spaced = format!(" {one}  {other} ");
    for scopes in [&[one, other][..], &[joined.as_str()], &[spaced.as_str()], &["", one, "", other, one, ""]] {
        for reply in [app.ask(&token, scopes).await, app.browser().form("/token", &form(&token, scopes)).await] {
            assert_eq!(app.granted(&reply).await, "wso2-apim/am:pull wso2-mi/mi:pull", "{scopes:?}");
        }
    }
    let split = app.ask(&token, &["repository:wso2-apim/am:push", one]).await;
    assert_eq!(app.granted(&split).await, "wso2-apim/am:pull", "one entry a repository");
}

async fn odd_scopes_grant_nothing_and_spoil_nothing(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    for odd in [
        "garbage",
        ":::",
        "repository:",
        "repository:wso2-apim/am",
        "repository:wso2-apim/am:",
        "repository::pull",
        "registry:catalog:*",
        "artifact:wso2-apim/am:pull",
        "repository:wso2-apim/*:pull",
        "repository:wso2-apim:pull",
        "repository:WSO2-APIM/am:pull",
        "repository:wso2-apim/../wso2-ob/obam:pull",
        "repository:127.0.0.1:5000/wso2-apim/am:pull",
    ] {
        let alone = app.ask(&token, &[odd]).await;
        assert_eq!((alone.status, app.granted(&alone).await.as_str()), (200, ""), "{odd}");
        let beside = app.ask(&token, &[odd, "repository:wso2-mi/mi:pull"]).await;
        assert_eq!(app.granted(&beside).await, "wso2-mi/mi:pull", "{odd}");
    }
    let class = app.ask(&token, &["repository(plugin):wso2-apim/am:pull"]).await;
    assert_eq!(app.granted(&class).await, "wso2-apim/am:pull", "a class says nothing about rights");
}

async fn only_so_many_scopes_are_looked_at(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let many: Vec<String> = (0..200).map(|n| format!("repository:wso2-apim/r{n}:pull")).collect();
    let reply = app.browser().form("/token", &form(&token, &[&many.join(" ")])).await;
    assert_eq!(app.granted(&reply).await.split(' ').count(), 50);
}

async fn another_service_is_refused_and_never_copied(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let carol = app.browser().with("authorization", &basic(&token.row.login_name, &token.secret));
    for query in ["", "?service=", "?service=other.example", &format!("?service=other.example&service={SERVICE}")] {
        let reply = carol.get(&format!("/token{query}")).await;
        assert_refusal(&reply, 400);
        assert!(!reply.body.contains("other.example"), "{}", reply.body);
    }
    let mut fields = form(&token, &[PULL]);
    fields[1].1 = "other.example";
    assert_refusal(&app.browser().form("/token", &fields).await, 400);
}

async fn a_form_that_is_none_or_of_another_grant_gets_an_oauth_error(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let with_grant = |grant| {
        let mut fields = form(&token, &[PULL]);
        fields[0].1 = grant;
        fields.push(("refresh_token", "x"));
        fields
    };
    for (fields, error) in [
        (with_grant("refresh_token"), "invalid_grant"),
        (with_grant("client_credentials"), "unsupported_grant_type"),
        (form(&token, &[])[1..].to_vec(), "unsupported_grant_type"),
        (form(&token, &[])[..3].to_vec(), "invalid_request"),
    ] {
        let reply = app.browser().form("/token", &fields).await;
        let answer = assert_json(&reply);
        assert_eq!((reply.status, answer["error"].as_str()), (400, Some(error)), "{answer}");
        assert!(answer["error_description"].is_string() && answer.get("token").is_none(), "{answer}");
    }
    let json = r#"{"grant_type":"password"}"#;
    let reply = app.browser().send(Method::POST, "/token", "application/json", Body::from(json)).await;
    assert_eq!((reply.status, assert_json(&reply)["error"].as_str()), (400, Some("invalid_request")));
}

async fn other_methods_and_large_forms_are_refused_in_json(app: TestApp) {
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
        let reply = app.browser().send(method, &address(&[PULL]), "", Body::empty()).await;
        assert_refusal(&reply, 405);
        assert_eq!(reply.header("allow"), "GET, POST");
    }
    let large = "x".repeat(1024 * 1024);
    assert_refusal(&app.browser().form("/token", &[("scope", &large)]).await, 413);
}

async fn a_database_that_is_away_is_said_in_json(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    assert_eq!(app.browser().get("/readyz").await.status, 200);
    app.state.db.close().await;
    app.pass(1);
    assert_refusal(&app.ask(&token, &[PULL]).await, 503);
    assert_eq!(app.browser().get("/readyz").await.status, 503);
    assert_eq!(app.browser().get("/healthz").await.status, 200);
}

async fn a_pull_is_counted_with_its_client(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let containerd = app.browser().from([198, 51, 100, 7]).with("user-agent", "containerd/1.6.20+unknown");
    for scopes in [&[PULL][..], &[PULL], &[], &["repository:wso2-is/is:pull"]] {
        containerd.ask(&token.row.login_name, &token.secret, scopes).await;
    }
    app.state.token_endpoint.usage.flush().await;
    let usage = app.row(CAROL, "ACME", "ci-main").await.usage;
    assert_eq!(usage.pulls, 2, "a login is no pull, and neither is a refusal");
    assert_eq!((usage.last_client.as_str(), usage.last_address.as_str()), ("containerd", "198.51.100.7"));
    assert_eq!(usage.last_at.map(crate::models::moment::utc).as_deref(), Some("2026-06-01 09:00 UTC"));
    app.at("2026-07-15T00:00:00Z");
    assert_eq!(app.row(CAROL, "ACME", "ci-main").await.usage.pulls, 0, "of the last 30 days");
}
