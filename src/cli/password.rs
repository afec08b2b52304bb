//! Reads a new password from a terminal, twice and without echo. The prompts go to standard error.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
};

use rpassword::ConfigBuilder;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use tokio::signal::unix::{SignalKind, signal};

/// Asks for a password twice. Must run inside the Tokio runtime.
///
/// # Errors
/// One line if the password cannot be read, or the two inputs differ.
pub fn ask_twice() -> Result<String, String> {
    // With a signal listener, Ctrl+C makes the read fail instead of ending the process with the terminal's echo still off.
    let _interrupts = signal(SignalKind::interrupt()).map_err(cannot_read)?;
    ask_at(Path::new("/dev/stdin"), || Ok(io::stderr()))
}

fn cannot_read(cause: io::Error) -> String {
    format!("cannot read the password: {cause}")
}

/// Reads from a terminal; prompts go to another writer.
fn ask_at<W: Write + 'static>(terminal: &Path, prompts: impl Fn() -> io::Result<W>) -> Result<String, String> {
    let _quiet = Quiet::begin(terminal).map_err(cannot_read)?;
    compare_two(|prompt| {
        let config = ConfigBuilder::new().input_file_path(terminal.display().to_string()).output_writer(prompts()?).build();
        rpassword::prompt_password_with_config(prompt, config)
    })
}

/// Switches the terminal's echo off until it is dropped. rpassword does so only after it has printed its prompt, and not
/// between two prompts.
struct Quiet {
    terminal: File,
    before: Termios,
}

impl Quiet {
    fn begin(terminal: &Path) -> io::Result<Self> {
        let terminal = File::open(terminal)?;
        let before = tcgetattr(&terminal)?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO);
        tcsetattr(&terminal, OptionalActions::Now, &quiet)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        let _ = tcsetattr(&self.terminal, OptionalActions::Now, &self.before);
    }
}

fn compare_two(mut ask: impl FnMut(&str) -> io::Result<String>) -> Result<String, String> {
    let mut ask = |prompt| ask(prompt).map_err(cannot_read);
    let first = ask("New password: ")?;
    if first == ask("The same again: ")? {
        Ok(first)
    } else {
        Err("the two passwords are not the same; nothing was changed".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::{
        ffi::OsString,
        fs::{File, OpenOptions},
        io::{self, Read, Write},
        os::unix::ffi::OsStringExt,
        path::PathBuf,
        thread,
    };

    use rustix::{
        pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
        termios::{LocalModes, tcgetattr},
    };

    use super::{ask_at, compare_two};

    /// A pseudoterminal: the user's side, and the path of the program's side.
    fn terminal() -> (File, PathBuf) {
        let typist = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&typist).and_then(|()| unlockpt(&typist)).expect("a terminal");
        let name = ptsname(&typist, Vec::new()).expect("its name").into_bytes();
        (File::from(typist), OsString::from_vec(name).into())
    }

    /// Types a line after each prompt. Returns the password and everything that the terminal showed.
    fn type_at_terminal(lines: [&str; 2]) -> (Result<String, String>, String) {
        let (mut typist, path) = terminal();
        let side = OpenOptions::new().read(true).write(true).open(&path).expect("the program's side");
        // The thread owns the program's side. When the thread ends, that side closes, so a pending read fails instead of
        // blocking.
        let program = thread::spawn(move || {
            let password = ask_at(&path, || side.try_clone());
            let shows_again = tcgetattr(&side).expect("a terminal").local_modes.contains(LocalModes::ECHO);
            assert!(shows_again, "it is left as it was");
            password
        });
        let mut shown = String::new();
        for (prompt, line) in ["New password: ", "The same again: "].into_iter().zip(lines) {
            while !shown.ends_with(prompt) {
                let mut byte = [0];
                typist.read_exact(&mut byte).expect("a prompt");
                shown.push(char::from(byte[0]));
            }
            typist.write_all(line.as_bytes()).expect("it is typed");
        }
        let password = program.join().expect("the program ends");
        let mut rest = Vec::new();
        let _ = typist.read_to_end(&mut rest);
        (password, shown + &String::from_utf8_lossy(&rest))
    }

    #[test]
    fn a_terminal_asks_twice_and_shows_nothing() {
        for typed in ["correct horse battery staple", "  blanks  ", "pässwörd"] {
            for end in ["\n", "\r"] {
                let line = format!("{typed}{end}");
                let (password, shown) = type_at_terminal([&line, &line]);
                assert_eq!(password.as_deref(), Ok(typed), "as it was typed");
                assert_eq!(shown.replace("\r\n", "\n"), "New password: \nThe same again: \n", "{typed}");
            }
        }
        let (refused, shown) = type_at_terminal(["one password\n", "another\n"]);
        assert!(refused.is_err_and(|error| error.contains("not the same")) && !shown.contains("one"), "{shown}");
    }

    #[test]
    fn two_that_differ_or_an_end_are_refused_in_one_line() {
        for (first, second) in [("one password", "another"), ("a", "a "), ("", "x")] {
            let mut answers = [first, second].into_iter();
            let refused = compare_two(|_| answers.next().map(str::to_owned).ok_or(io::ErrorKind::UnexpectedEof.into()));
            assert!(refused.is_err_and(|error| error.contains("not the same")), "{first}");
        }
        let ended = compare_two(|_| Err(io::ErrorKind::UnexpectedEof.into())).expect_err("nothing was typed");
        assert!(ended.starts_with("cannot read the password") && !ended.contains('\n'), "{ended}");
    }
}
