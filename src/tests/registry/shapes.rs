//! Snapshots of the responses to a registry and its clients, to detect added or missing fields. The database makes no difference.

use insta::{assert_json_snapshot, dynamic_redaction, internals::Content};
use serde_json::Value;

use crate::tests::support::{
    Backend,
    catalogue::PAT,
    registry::{SERVICE, basic},
    run,
};

const PULL: &str = "/token?service=registry.example.test&scope=repository:wso2-is/is:pull";

/// Checks the form of a text that differs in each run, and replaces it.
fn text(is_right: fn(&str) -> bool, name: &'static str) -> insta::internals::Redaction {
    dynamic_redaction(move |value, path| {
        let text = value.as_str().unwrap_or_else(|| panic!("{path} is a text"));
        assert!(is_right(text), "{path}: {text}");
        Content::from(name)
    })
}

fn is_jwt(text: &str) -> bool {
    text.split('.').count() == 3 && text.starts_with("ey")
}

fn is_key_id(text: &str) -> bool {
    text.split(':').count() == 12 && text.len() == 12 * 4 + 11
}

fn is_coordinate(text: &str) -> bool {
    text.len() == 43
}

fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) && &text[12..13] == "7"
}

#[test]
fn what_is_granted_has_this_shape() {
    run(Backend::Sqlite, |app| async move {
        let token = app.token(PAT, "GLOBEX", "ci-main").await;
        let browser = app.browser().with("authorization", &basic(&token.row.login_name, &token.secret));
        let granted = browser.get(PULL).await;
        assert_json_snapshot!(granted.json(), {
            ".token" => text(is_jwt, "[jwt]"),
            ".access_token" => text(is_jwt, "[jwt]"),
        }, @r#"
        {
          "access_token": "[jwt]",
          "expires_in": 300,
          "token": "[jwt]"
        }
        "#);
        let jwt = app.jwt(&granted).await;
        assert_json_snapshot!(jwt.header, { ".kid" => text(is_key_id, "[key id]") }, @r#"
        {
          "alg": "ES256",
          "kid": "[key id]",
          "typ": "JWT"
        }
        "#);
        assert_json_snapshot!(jwt.claims, { ".jti" => text(is_id, "[id]") }, @r#"
        {
          "access": [
            {
              "actions": [
                "pull"
              ],
              "name": "wso2-is/is",
              "type": "repository"
            }
          ],
          "aud": "registry.example.test",
          "exp": 1780304700,
          "iat": 1780304400,
          "iss": "registry-tokens.example.test",
          "jti": "[id]",
          "nbf": 1780304370,
          "sub": "globex.ci-main"
        }
        "#);
    });
}

#[test]
fn what_a_form_is_granted_has_one_field_more() {
    run(Backend::Sqlite, |app| async move {
        let token = app.token(PAT, "GLOBEX", "ci-main").await;
        let form = [
            ("grant_type", "password"),
            ("service", SERVICE),
            ("client_id", "docker"),
            ("username", token.row.login_name.as_str()),
            ("password", token.secret.as_str()),
            ("scope", "repository:wso2-is/is:pull"),
        ];
        assert_json_snapshot!(app.browser().form("/token", &form).await.json(), {
            ".token" => text(is_jwt, "[jwt]"),
            ".access_token" => text(is_jwt, "[jwt]"),
        }, @r#"
        {
          "access_token": "[jwt]",
          "expires_in": 300,
          "scope": "repository:wso2-is/is:pull",
          "token": "[jwt]"
        }
        "#);
    });
}

#[test]
fn what_is_refused_has_this_shape() {
    run(Backend::Sqlite, |app| async move {
        let refused = app.browser().with("authorization", &basic("globex.ci-main", "wrong")).get(PULL).await;
        assert_eq!(refused.status, 401);
        assert_json_snapshot!(refused.json(), @r#"
        {
          "errors": [
            {
              "code": "UNAUTHORIZED",
              "message": "The login name or the token secret is wrong, or the token is disabled, expired or deleted. Look at it in the portal: http://127.0.0.1:3000"
            }
          ]
        }
        "#);
        let other = app.browser().get("/token?service=another.example.test").await;
        assert_eq!(other.status, 400);
        assert_json_snapshot!(other.json(), @r#"
        {
          "errors": [
            {
              "code": "UNSUPPORTED",
              "message": "The parameter service does not name this registry."
            }
          ]
        }
        "#);
        assert_json_snapshot!(app.browser().form("/token", &[("grant_type", "refresh_token")]).await.json(), @r#"
        {
          "error": "invalid_grant",
          "error_description": "No refresh tokens are issued here: send the password grant."
        }
        "#);
    });
}

#[test]
fn the_list_of_keys_has_this_shape() {
    run(Backend::Sqlite, |app| async move {
        let keys: Value = app.browser().get("/.well-known/jwks.json").await.json();
        assert_json_snapshot!(keys, {
            ".keys[].kid" => text(is_key_id, "[key id]"),
            ".keys[].x" => text(is_coordinate, "[coordinate]"),
            ".keys[].y" => text(is_coordinate, "[coordinate]"),
        }, @r#"
        {
          "keys": [
            {
              "alg": "ES256",
              "crv": "P-256",
              "kid": "[key id]",
              "kty": "EC",
              "use": "sig",
              "x": "[coordinate]",
              "y": "[coordinate]"
            }
          ]
        }
        "#);
    });
}
