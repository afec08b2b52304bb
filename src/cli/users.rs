//! `registry-tokens user …` and `registry-tokens publisher …`.

use std::io::{IsTerminal, Read, Write};

use crate::server::{accounts, clock::Clock, config::Config, files::text_input, publishers, state::AppState};

use super::{
    arguments::{PublisherCommand, UserCommand},
    output::{explain, say, say_done},
    password,
};

/// Runs `registry-tokens user …`.
pub async fn user(config: Config, command: UserCommand, out: &mut dyn Write) -> Result<(), String> {
    let state = AppState::open_existing(config, Clock::System).await?;
    let outcome = match &command {
        UserCommand::SetPassword { email } => set_password(&state, email).await,
        UserCommand::Deactivate { email } => match accounts::deactivate(&state, email).await {
            Ok(()) => Ok(format!("{email} is deactivated")),
            Err(error) => Err(explain(&state, error).await),
        },
    };
    state.db.close().await;
    let done = outcome?;
    say_done(out, &done, &format!("{done}."))
}

async fn set_password(state: &AppState, email: &str) -> Result<String, String> {
    let password = if std::io::stdin().is_terminal() { password::ask_twice() } else { read_password(&mut std::io::stdin()) }?;
    match accounts::set_password(state, email, password).await {
        Ok(()) => Ok(format!("The password of {email} is set")),
        Err(error) => Err(explain(state, error).await),
    }
}

/// Reads one line of standard input, without its line ending.
fn read_password(input: &mut dyn Read) -> Result<String, String> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(|cause| format!("cannot read the password from standard input: {cause}"))?;
    let text = text_input::decode(&bytes).map_err(|what| format!("the password on standard input {what}"))?;
    let password = text.strip_suffix('\n').unwrap_or(&text);
    let password = password.strip_suffix('\r').unwrap_or(password);
    if password.contains('\n') {
        return Err("the password on standard input has more than one line".to_owned());
    }
    Ok(password.to_owned())
}

/// Runs `registry-tokens publisher …`.
pub async fn publisher(config: Config, command: PublisherCommand, out: &mut dyn Write) -> Result<(), String> {
    let state = AppState::open_existing(config, Clock::System).await?;
    let outcome = match &command {
        PublisherCommand::Create { name, repositories } => create_publisher(&state, name, repositories, out).await,
        PublisherCommand::Delete { name } => match publishers::delete(&state, name).await {
            Ok(()) => {
                let done = format!("The publisher {name} is deleted");
                say_done(out, &done, &format!("{done}."))
            }
            Err(error) => Err(explain(&state, error).await),
        },
    };
    state.db.close().await;
    outcome
}

/// Creates a publisher and prints its secret. If the secret cannot be printed, the publisher is deleted again.
async fn create_publisher(state: &AppState, name: &str, repositories: &str, out: &mut dyn Write) -> Result<(), String> {
    let (login_name, secret) = match publishers::create(state, name, repositories).await {
        Ok(made) => made,
        Err(error) => return Err(explain(state, error).await),
    };
    let Err(unseen) = say(out, &format!("Login name: {login_name}\nToken Secret: {}", secret.reveal())) else { return Ok(()) };
    Err(match publishers::delete(state, &login_name).await {
        Ok(()) => format!("{unseen}; the publisher {login_name} is not kept, since nobody has seen its secret"),
        Err(error) => format!(
            "{unseen}; remove the publisher {login_name}, whose secret nobody has seen: \
             `registry-tokens publisher delete {login_name}` ({})",
            explain(state, error).await
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::read_password;

    #[test]
    fn a_password_comes_as_any_shell_sends_it() {
        let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        for bytes in [
            b"m\xc3\xbcller-1".to_vec(),
            b"m\xc3\xbcller-1\r\n".to_vec(),
            b"\xef\xbb\xbfm\xc3\xbcller-1\n".to_vec(),
            utf16("\u{feff}m\u{fc}ller-1\r\n"),
            utf16("m\u{fc}ller-1"),
        ] {
            assert_eq!(read_password(&mut &bytes[..]).as_deref(), Ok("m\u{fc}ller-1"), "{bytes:?}");
        }
        assert!(read_password(&mut &b"m\xfcller-1"[..]).is_err(), "Latin-1");
        assert!(read_password(&mut &b"two\nlines"[..]).is_err());
    }
}
