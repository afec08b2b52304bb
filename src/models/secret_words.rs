//! The texts about a new secret, before and after it is made.

use super::{
    obstacles::Obstacles,
    status_words,
    token::{Overlap, TokenRow},
    usage_words,
};

/// What re-generating the secret breaks, while the token works; otherwise why the new secret will not work.
pub fn before_new_secret(row: &TokenRow, overlap: Overlap) -> String {
    let mut text = of_old_secret(row, overlap);
    if row.overlap_until.is_some() {
        text.push_str(" The former secret that this token still has ends at once.");
    }
    text
}

fn of_old_secret(row: &TokenRow, overlap: Overlap) -> String {
    let obstacles = row.obstacles();
    if !obstacles.is_none() {
        let why = match status_words::why_disabled(row) {
            Some(reason) => format!("disabled: {reason}"),
            None => "expired".to_owned(),
        };
        let old = match overlap {
            Overlap::None => "The old secret ends at once",
            _ => "The old secret is kept for that time, and does not work before either",
        };
        return format!("This token is {why}. A new secret will not work until {}. {old}.", obstacles.until(true));
    }
    let text = match (overlap, usage_words::is_in_use(row)) {
        (Overlap::None, true) => {
            "Everything that uses the old secret fails at its next login or pull, until it has the new one. A pull already running may finish."
        }
        (Overlap::None, false) => "The old secret ends at once; logins and pulls with it fail from then on.",
        _ => "Both secrets work until then. Give the new one to everything that uses this token, then end the overlap.",
    };
    text.to_owned()
}

/// The notification about a new secret; it follows the token's name.
pub fn new_secret(obstacles: Obstacles) -> String {
    if obstacles.is_none() {
        return "has a new secret. Put it wherever the old one was used.".to_owned();
    }
    format!("has a new secret. It does not work until {}.", obstacles.until(true))
}
