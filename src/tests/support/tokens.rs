//! Generates and changes tokens through the services.

use crate::{
    error::AppError,
    models::{
        listing::Listing,
        new_token::NewTokenRequest,
        token::{Overlap, RevealedSecret, TokenRow, TokenType},
    },
    server::{actor::Actor, publishers, tokens},
};

use super::TestApp;

/// A token that a test generated, with its secret.
pub struct Made {
    /// The row as the creator saw it right afterwards.
    pub row: TokenRow,
    pub secret: String,
}

impl TestApp {
    /// Generates a User token.
    pub async fn generate(&self, actor: &Actor, project: &str, name: &str) -> Result<RevealedSecret, AppError> {
        let request = NewTokenRequest { name: name.to_owned(), ..NewTokenRequest::default() };
        self.app_error(tokens::generate(&self.state, actor, project, &request).await).await
    }

    /// Generates a Service token.
    pub async fn generate_service(
        &self,
        actor: &Actor,
        project: &str,
        name: &str,
        service_user: Option<&str>,
    ) -> Result<RevealedSecret, AppError> {
        let service_user = service_user.map(str::to_owned);
        let request = NewTokenRequest { name: name.to_owned(), kind: TokenType::Service, service_user };
        self.app_error(tokens::generate(&self.state, actor, project, &request).await).await
    }

    /// Generates a User token for the user with this e-mail.
    pub async fn token(&self, email: &str, project: &str, name: &str) -> Made {
        let actor = self.actor(email).await;
        let revealed = self.generate(&actor, project, name).await.expect("the token is generated");
        Made { row: self.row(email, project, name).await, secret: revealed.secret }
    }

    /// Generates a token for a service user, as the admin with this e-mail.
    pub async fn service_token(&self, email: &str, project: &str, name: &str, service_user: &str) -> Made {
        let actor = self.actor(email).await;
        let revealed = self.generate_service(&actor, project, name, Some(service_user)).await.expect("the token is generated");
        Made { row: self.row(email, project, name).await, secret: revealed.secret }
    }

    /// The tokens of a project that the user sees.
    pub async fn rows(&self, email: &str, project: &str) -> Vec<TokenRow> {
        let actor = self.actor(email).await;
        let listing = self.app_error(tokens::list(&self.state, &actor, project).await).await.expect("the list is shown");
        rows_of(&listing)
    }

    /// One of [`TestApp::rows`].
    pub async fn row(&self, email: &str, project: &str, name: &str) -> TokenRow {
        let rows = self.rows(email, project).await;
        rows.into_iter().find(|row| row.name == name).unwrap_or_else(|| panic!("{email} sees the token {name}"))
    }

    /// The names of [`TestApp::rows`].
    pub async fn names(&self, email: &str, project: &str) -> Vec<String> {
        self.rows(email, project).await.into_iter().map(|row| row.name).collect()
    }

    /// Creates a publisher; returns its login name and its secret.
    pub async fn publisher(&self, name: &str, repositories: &str) -> Result<(String, String), AppError> {
        let (login_name, secret) = self.app_error(publishers::create(&self.state, name, repositories).await).await?;
        Ok((login_name, secret.reveal()))
    }

    pub async fn resync(&self, actor: &Actor, project: &str, id: &str) -> Result<Vec<String>, AppError> {
        Ok(self.app_error(tokens::resync(&self.state, actor, project, id).await).await?.0)
    }

    pub async fn regenerate(&self, actor: &Actor, project: &str, id: &str, generation: i64) -> Result<RevealedSecret, AppError> {
        self.app_error(tokens::regenerate(&self.state, actor, project, id, generation, Overlap::None).await).await
    }

    /// Re-generates a token's secret with an overlap, in which the former one still works; returns the new one.
    pub async fn rotate(&self, actor: &Actor, project: &str, row: &TokenRow, overlap: Overlap) -> String {
        let made = tokens::regenerate(&self.state, actor, project, &row.id, row.generation, overlap).await;
        self.app_error(made).await.expect("the secret is re-generated").secret
    }

    pub async fn delete(&self, actor: &Actor, project: &str, id: &str) -> Result<String, AppError> {
        Ok(self.app_error(tokens::delete(&self.state, actor, project, id, "").await).await?.0)
    }

    /// The number of stored secrets of this token.
    pub async fn live_secrets(&self, token_id: &str) -> i64 {
        self.number("SELECT count(*) FROM token_secrets WHERE token_id = $1", &[token_id.into()]).await
    }
}

/// The product keys of a token.
pub fn products(row: &TokenRow) -> Vec<&str> {
    row.products.iter().map(|product| product.key.as_str()).collect()
}

/// The tokens of a listing as rows, newest first.
pub fn rows_of(listing: &Listing) -> Vec<TokenRow> {
    let list = &listing.list;
    (0..list.len()).filter_map(|position| list.row(position, &listing.project.key)).collect()
}

/// The repository in the example commands that come with a secret; `None` if they name none.
pub fn example_repository(revealed: &RevealedSecret) -> Option<String> {
    let mut snippets = revealed.tools.iter().flat_map(|tool| &tool.snippets);
    let pull = &snippets.find(|snippet| snippet.what == "docker pull").expect("an example").text;
    let image = pull.strip_prefix("docker pull 127.0.0.1:5000/").and_then(|image| image.strip_suffix(":TAG")).expect(pull);
    (image != "IMAGE").then(|| image.replace("IMAGE", "*"))
}
