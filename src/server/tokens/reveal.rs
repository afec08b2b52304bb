//! The one answer that holds a secret.

use crate::{
    models::{obstacles::Obstacles, token::RevealedSecret},
    server::{context::Services, crypto::secret::PlainSecret, db::Conn, error::ServiceError, projects::store as project_store},
};

use super::snippets::{self, Login};

/// The answer with a new secret. `running` are the products that the token opens today.
pub(super) async fn reveal(
    services: &Services,
    conn: &mut Conn,
    name: &str,
    login_name: &str,
    secret: PlainSecret,
    running: &[&str],
) -> Result<RevealedSecret, ServiceError> {
    let mut example_repository = None;
    for product in running {
        example_repository = project_store::repository_of(conn, product).await?;
        if example_repository.is_some() {
            break;
        }
    }
    let secret = secret.reveal();
    let registry = services.config.registry.to_string();
    let repository = example_repository.as_deref();
    let login = Login { registry: &registry, login_name, secret: Some(&secret), repository };
    Ok(RevealedSecret {
        tools: snippets::all(login),
        backup: snippets::backup(&registry, login_name, &secret),
        token_name: name.to_owned(),
        login_name: login_name.to_owned(),
        secret,
        registry,
        obstacles: Obstacles::default(),
    })
}
