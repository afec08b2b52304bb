//! The no-JavaScript form of *Test this token*.

use axum::{
    Form,
    extract::Path,
    http::{StatusCode, Uri},
    response::{Redirect, Response},
};
use serde::Deserialize;

use crate::{
    models::form_answer::FormAnswer,
    paths,
    server::{registry::credentials::Credentials, tokens::test_token},
};

use super::{pages::PageRequest, redirect::see_other};

/// The fields of the form.
#[derive(Deserialize)]
pub struct Submitted {
    login_name: String,
    secret: String,
}

/// `GET /projects/KEY/tokens/NAME/test`: redirects to the token's page, for a user who reloads the URL of a test.
pub async fn back(uri: Uri) -> Redirect {
    see_other(uri.path().strip_suffix("/test").unwrap_or(paths::HOME))
}

/// `POST /projects/KEY/tokens/NAME/test`
pub async fn submit(request: PageRequest, Path((key, name)): Path<(String, String)>, Form(form): Form<Submitted>) -> Response {
    let credentials = Credentials::new(&form.login_name, &form.secret);
    let found = async {
        let actor = request.actor().await?;
        test_token::test(&request.state, &actor, &key, &name, &credentials).await
    };
    match found.await {
        Ok(result) => request.render(StatusCode::OK, FormAnswer { test: Some(result), ..FormAnswer::default() }).await,
        Err(failure) => {
            let error = failure.into_app_error(&request.state);
            request.for_path(&paths::token(&key, &name)).error(error).await
        }
    }
}
