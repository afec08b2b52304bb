//! The JWT that a registry gets: its signature, its claims, its life, and the keys behind it.

use std::fs;

use serde_json::Value;

use crate::server::crypto::keys::Rotation;

use crate::tests::support::{
    Kit,
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

async fn a_jwt_is_signed_by_the_listed_key_and_says_what_registries_read(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "CI-Main").await;
    let (now, jwt) = (kit.state.clock.now(), kit.jwt(&kit.ask(&token, &[PULL]).await).await);
    let key = kit.browser().get("/.well-known/jwks.json").await.json()["keys"][0].clone();
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

async fn a_jwt_is_never_the_same_twice(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    let one = kit.jwt(&kit.ask(&token, &[PULL]).await).await;
    let other = kit.jwt(&kit.ask(&token, &[PULL]).await).await;
    assert_ne!(one.claims["jti"], other.claims["jti"], "in the same second");
}

/// What an answer says of a JWT's life, in seconds.
async fn life(kit: &Kit, reply: &crate::tests::support::http::Reply) -> i64 {
    let claims = kit.jwt(reply).await.claims;
    let life = claims["exp"].as_i64().expect("whole seconds") - kit.state.clock.now();
    assert_eq!(reply.json()["expires_in"], life);
    life
}

async fn a_jwt_lives_as_long_as_configured(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    assert_eq!(life(&kit, &kit.ask(&token, &[PULL]).await).await, 300);
    let kit = kit.with(|config| config.token_lifetime = 900).await;
    assert_eq!(life(&kit, &kit.ask(&token, &[PULL]).await).await, 900);
    assert_eq!(life(&kit, &kit.ask(&token, &[]).await).await, 900);
}

async fn a_jwt_never_outlives_the_subscription_it_needs(kit: Kit) {
    let (token, other) = (kit.token(CAROL, "ACME", "ci-main").await, kit.token(GINA, "GLOBEX", "ci-main").await);
    let ending = "repository:wso2-mi/mi:pull";
    kit.at("2026-06-20T23:58:00Z");
    for (scopes, expected) in [(&[ending][..], 120), (&[PULL, ending], 120), (&[PULL], 300), (&[], 300)] {
        assert_eq!(life(&kit, &kit.ask(&token, scopes).await).await, expected, "{scopes:?}");
    }
    kit.at("2026-06-20T23:59:59Z");
    assert_eq!(life(&kit, &kit.ask(&token, &[ending]).await).await, 1);
    kit.at("2026-06-21T00:00:00Z");
    let reply = kit.ask(&token, &[ending, PULL]).await;
    assert_eq!((kit.granted(&reply).await.as_str(), life(&kit, &reply).await), ("wso2-apim/am:pull", 300));

    kit.at("2026-12-31T23:58:00Z");
    assert_eq!(life(&kit, &kit.ask(&other, &["repository:wso2-is/is:pull"]).await).await, 120);
}

async fn the_key_set_is_public_and_nothing_more(kit: Kit) {
    let reply = kit.browser().get("/.well-known/jwks.json").await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"));
    let answer = reply.json();
    let key = &answer["keys"][0];
    assert_eq!(answer["keys"].as_array().map(Vec::len), Some(1));
    let fields: Vec<_> = key.as_object().expect("a key").keys().collect();
    assert_eq!(fields, ["alg", "crv", "kid", "kty", "use", "x", "y"], "no private part");
    assert_eq!(key["kid"], libtrust_key_id(key));
}

async fn rotated_keys_are_listed_before_and_after_they_sign(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    let keys = async || kit.browser().get("/.well-known/jwks.json").await.json();
    let signed = async || kit.ask(&token, &[PULL]).await.json()["token"].as_str().expect("a JWT").to_owned();
    let kids = |keys: &Value| keys["keys"].as_array().into_iter().flatten().map(|key| key["kid"].clone()).collect::<Vec<_>>();
    let file = kit.state.config.data.join("signing-keys.json");
    let time = fs::metadata(&file).and_then(|metadata| metadata.modified()).expect("the key file's time");
    let rotate = |switch| {
        let done = kit.state.token_endpoint.keyring.rotate(&kit.state.config.issuer, &kit.state.clock, switch);
        // As if everything happened in one tick of the file system's clock.
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
