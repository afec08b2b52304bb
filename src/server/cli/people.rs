//! `registry-tokens user …` and `registry-tokens publisher …`.

use std::io::Read;

use crate::server::{
    clock::Clock,
    config::Config,
    service::{accounts, publishers},
    state::AppState,
};

use super::{PublisherCommand, UserCommand, explain, say};

/// Sign-in accounts.
pub async fn user(config: Config, command: UserCommand) -> Result<(), String> {
    let password = match &command {
        UserCommand::SetPassword { .. } => Some(read_password()?),
        UserCommand::Deactivate { .. } => None,
    };
    let state = AppState::open(config, Clock::System).await?;
    let outcome = match (&command, password) {
        (UserCommand::SetPassword { email }, Some(password)) => accounts::set_password(&state, email, password).await,
        (UserCommand::SetPassword { email } | UserCommand::Deactivate { email }, _) => accounts::deactivate(&state, email).await,
    };
    let outcome = match outcome {
        Ok(()) => Ok(()),
        Err(error) => Err(explain(&state, error).await),
    };
    state.db.close().await;
    outcome?;
    match command {
        UserCommand::SetPassword { email } => say(&format!("The password of {email} is set.")),
        UserCommand::Deactivate { email } => say(&format!("{email} is deactivated.")),
    }
    Ok(())
}

/// One line of standard input, without its line end.
fn read_password() -> Result<String, String> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|cause| format!("cannot read the password from standard input: {cause}"))?;
    let password = text.strip_suffix('\n').unwrap_or(&text);
    let password = password.strip_suffix('\r').unwrap_or(password);
    if password.contains('\n') {
        return Err("the password on standard input has more than one line".to_owned());
    }
    Ok(password.to_owned())
}

/// Credentials that may push.
pub async fn publisher(config: Config, command: PublisherCommand) -> Result<(), String> {
    let state = AppState::open(config, Clock::System).await?;
    let outcome = match &command {
        PublisherCommand::Create { name, repositories } => publishers::create(&state, name, repositories)
            .await
            .map(|(login_name, secret)| format!("Login name: {login_name}\nToken Secret: {secret}")),
        PublisherCommand::Delete { name } => {
            publishers::delete(&state, name).await.map(|()| format!("The publisher {name} is deleted."))
        }
    };
    let outcome = match outcome {
        Ok(text) => Ok(text),
        Err(error) => Err(explain(&state, error).await),
    };
    state.db.close().await;
    say(&outcome?);
    Ok(())
}
