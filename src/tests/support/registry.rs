//! Requests to the token endpoint, as the registry's clients send them.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{
    TestApp,
    http::{Browser, Reply},
    jwt::{self, Jwt},
    tokens::Made,
};

/// The service and the issuer, as in the registry's configuration.
pub const SERVICE: &str = "registry.example.test";
pub const ISSUER: &str = "registry-tokens.example.test";

/// The value of an Authorization header.
pub fn basic(login_name: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{login_name}:{secret}")))
}

/// The endpoint's path with these scopes, each as a separate parameter.
pub fn address(scopes: &[&str]) -> String {
    let pairs = std::iter::once(("service", SERVICE)).chain(scopes.iter().map(|scope| ("scope", *scope)));
    format!("/token?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
}

impl Browser<'_> {
    /// Sends a token request, as `docker login` (without scopes) and `docker pull` do.
    pub async fn ask(&self, login_name: &str, secret: &str, scopes: &[&str]) -> Reply {
        self.clone().with("authorization", &basic(login_name, secret)).get(&address(scopes)).await
    }
}

impl TestApp {
    /// Sends a token request with the credentials of a token.
    pub async fn ask(&self, token: &Made, scopes: &[&str]) -> Reply {
        self.browser().ask(&token.row.login_name, &token.secret, scopes).await
    }

    /// The JWT of a response, with its signature verified as a registry does it.
    pub async fn jwt(&self, reply: &Reply) -> Jwt {
        assert_eq!(reply.status, 200, "{}", reply.body);
        let jwks = self.browser().get("/.well-known/jwks.json").await.json();
        jwt::verify(reply.json()["token"].as_str().expect("a JWT"), &jwks)
    }

    /// The access that a response grants, such as `wso2-apim/am:pull`, separated by spaces.
    pub async fn granted(&self, reply: &Reply) -> String {
        let access = self.jwt(reply).await.claims["access"].as_array().cloned().expect("a list");
        let entry = |entry: &serde_json::Value| {
            assert_eq!(entry["type"], "repository");
            let actions: Vec<&str> =
                entry["actions"].as_array().expect("a list").iter().filter_map(|action| action.as_str()).collect();
            format!("{}:{}", entry["name"].as_str().expect("a name"), actions.join(","))
        };
        access.iter().map(entry).collect::<Vec<_>>().join(" ")
    }

    /// Whether the token endpoint accepts these credentials.
    pub async fn lets_in(&self, login_name: &str, secret: &str) -> bool {
        match self.browser().ask(login_name, secret, &[]).await.status {
            200 => true,
            401 => false,
            other => panic!("the endpoint answers {other}"),
        }
    }

    /// Whether a token may pull from a repository.
    pub async fn pulls(&self, token: &Made, repository: &str) -> bool {
        let reply = self.ask(token, &[&format!("repository:{repository}:pull")]).await;
        reply.status == 200 && self.granted(&reply).await == format!("{repository}:pull")
    }
}
