//! The JWT for the registry: its signature, claims, lifetime and signing keys.

use std::fs;

use serde_json::Value;

use crate::server::crypto::keys::Rotation;

use crate::tests::support::{
    TestApp,
    catalogue::{CAROL, GINA},
    jwt::{libtrust_key_id, verify},
    on_both,
    registry::{ISSUER, SERVICE},
};

on_both! {
    a_jwt_is_signed_by_the_listed_key_and_says_what_registries_read,
    a_jwt_is_never_the_same_twice,
    a_jwt_lives_as_long_as_configured,
    a_jwt_never_outlives_the_subscription_it_needs,
    the_key_set_is_public_and_nothing_more,
    rotated_keys_are_listed_before_and_after_they_sign,
}

const PULL: &str = "repository:wso2-apim/am:pull";

async fn a_jwt_is_signed_by_the_listed_key_and_says_what_registries_read(app: TestApp) {
    let token = app.token(CAROL, "ACME", "CI-Main").await;
    let (now, jwt) = (app.state.clock.now(), app.jwt(&app.ask(&token, &[PULL]).await).await);
    let key = app.browser().get("/.well-known/jwks.json").await.json()["keys"][0].clone();
    assert_eq!(jwt.header, serde_json::json!({ "typ": "JWT", "alg": "ES256", "kid": libtrust_key_id(&key) }));
    let mut claims = jwt.claims;
    let id = claims.as_object_mut().and_then(|claims| claims.remove("jti")).expect("an id");
    assert!(id.as_str().is_some_and(|id| id.len() >= 16), "{id}");
    let expected = serde_json::json!({
        "iss": ISSUER,
        "sub": "acme.ci-main",
        "aud": SERVICE,
        "iat": now,
        "nbf": now - 30,
        "exp": now + 300,
        "access": [{ "type": "repository", "name": "wso2-apim/am", "actions": ["pull"] }],
    });
    assert_eq!(claims, expected);
}

async fn a_jwt_is_never_the_same_twice(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let one = app.jwt(&app.ask(&token, &[PULL]).await).await;
    let other = app.jwt(&app.ask(&token, &[PULL]).await).await;
    assert_ne!(one.claims["jti"], other.claims["jti"], "in the same second");
}

/// The lifetime of the JWT in a response, in seconds.
async fn life(app: &TestApp, reply: &crate::tests::support::http::Reply) -> i64 {
    let claims = app.jwt(reply).await.claims;
    let life = claims["exp"].as_i64().expect("whole seconds") - app.state.clock.now();
    assert_eq!(reply.json()["expires_in"], life);
    life
}

async fn a_jwt_lives_as_long_as_configured(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    assert_eq!(life(&app, &app.ask(&token, &[PULL]).await).await, 300);
    let app = app.with(|config| config.token_lifetime = 900).await;
    assert_eq!(life(&app, &app.ask(&token, &[PULL]).await).await, 900);
    assert_eq!(life(&app, &app.ask(&token, &[]).await).await, 900);
}

async fn a_jwt_never_outlives_the_subscription_it_needs(app: TestApp) {
    let (token, other) = (app.token(CAROL, "ACME", "ci-main").await, app.token(GINA, "GLOBEX", "ci-main").await);
    let ending = "repository:wso2-mi/mi:pull";
    app.at("2026-06-20T23:58:00Z");
    for (scopes, expected) in [(&[ending][..], 120), (&[PULL, ending], 120), (&[PULL], 300), (&[], 300)] {
        assert_eq!(life(&app, &app.ask(&token, scopes).await).await, expected, "{scopes:?}");
    }
    app.at("2026-06-20T23:59:59Z");
    assert_eq!(life(&app, &app.ask(&token, &[ending]).await).await, 1);
    app.at("2026-06-21T00:00:00Z");
    let reply = app.ask(&token, &[ending, PULL]).await;
    assert_eq!((app.granted(&reply).await.as_str(), life(&app, &reply).await), ("wso2-apim/am:pull", 300));

    app.at("2026-12-31T23:58:00Z");
    assert_eq!(life(&app, &app.ask(&other, &["repository:wso2-is/is:pull"]).await).await, 120);
}

async fn the_key_set_is_public_and_nothing_more(app: TestApp) {
    let reply = app.browser().get("/.well-known/jwks.json").await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"));
    let answer = reply.json();
    let key = &answer["keys"][0];
    assert_eq!(answer["keys"].as_array().map(Vec::len), Some(1));
    let fields: Vec<_> = key.as_object().expect("a key").keys().collect();
    assert_eq!(fields, ["alg", "crv", "kid", "kty", "use", "x", "y"], "no private part");
    assert_eq!(key["kid"], libtrust_key_id(key));
}

async fn rotated_keys_are_listed_before_and_after_they_sign(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let keys = async || app.browser().get("/.well-known/jwks.json").await.json();
    let signed = async || app.ask(&token, &[PULL]).await.json()["token"].as_str().expect("a JWT").to_owned();
    let kids = |keys: &Value| keys["keys"].as_array().into_iter().flatten().map(|key| key["kid"].clone()).collect::<Vec<_>>();
    let file = app.state.config.data.join("signing-keys.json");
    let time = fs::metadata(&file).and_then(|metadata| metadata.modified()).expect("the key file's time");
    let rotate = |switch| {
        let done = app.state.token_endpoint.keyring.rotate(&app.state.config.issuer, &app.state.clock, switch);
        // Simulates changes within one tick of the file system's clock.
        let opened = fs::File::options().write(true).open(&file);
        opened.and_then(|file| file.set_modified(time)).expect("the key file takes the time");
        done
    };
    let (first, old) = (keys().await, signed().await);
    assert!(rotate(true).is_err(), "there is nothing to switch to");

    assert!(matches!(rotate(false), Ok(Rotation::NextMade)));
    let both = keys().await;
    assert_eq!(kids(&both)[..1], kids(&first), "the signing key is listed first");
    assert_eq!(verify(&signed().await, &both).header["kid"], kids(&first)[0]);
    assert!(rotate(false).is_err(), "one is waiting already");

    assert!(matches!(rotate(true), Ok(Rotation::Switched)));
    let switched = keys().await;
    assert_eq!(kids(&switched), [kids(&both)[1].clone(), kids(&both)[0].clone()]);
    assert_eq!(verify(&signed().await, &switched).header["kid"], kids(&both)[1]);
    verify(&old, &switched);
}
