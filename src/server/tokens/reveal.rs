//! Creates the only response that contains a secret.

use crate::{
    models::{obstacles::Obstacles, token::RevealedSecret},
    server::{context::Services, crypto::secret::PlainSecret, db::Conn, error::ServiceError},
};

use super::{
    snippets::{self, Login, example_repository},
    store,
};

/// The token that the secret belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Holder<'a> {
    pub token_id: &'a str,
    pub name: &'a str,
    pub login_name: &'a str,
    /// Keys of the products that the token opens today.
    pub running: &'a [&'a str],
}

/// The response with a token's new secret.
pub(super) async fn reveal(
    services: &Services,
    conn: &mut Conn,
    holder: Holder<'_>,
    secret: PlainSecret,
) -> Result<RevealedSecret, ServiceError> {
    let Holder { token_id, name, login_name, running } = holder;
    let opened = store::repositories(conn, token_id).await?;
    let repository = example_repository(&opened, running);
    let secret = secret.reveal();
    let registry = services.config.registry.to_string();
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
