//! How far the window is scrolled, and which page it is on.

use leptos::prelude::window;
use web_sys::ScrollRestoration;

/// In pixels of CSS from the top.
pub fn position() -> f64 {
    window().scroll_y().unwrap_or_default()
}

pub fn to(pixels: f64) {
    window().scroll_to_with_x_and_y(0.0, pixels);
}

pub fn by(pixels: f64) {
    window().scroll_by_with_x_and_y(0.0, pixels);
}

/// In pixels of CSS.
pub fn window_height() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default()
}

/// The path of the address bar.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// Whether the page restores its position itself when somebody goes back.
pub fn restore_by_hand(is_by_hand: bool) {
    if let Ok(history) = window().history() {
        let _ = history.set_scroll_restoration(if is_by_hand { ScrollRestoration::Manual } else { ScrollRestoration::Auto });
    }
}
