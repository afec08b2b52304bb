//! The scroll position of the window, and the path in the address bar.

use leptos::prelude::window;
use web_sys::ScrollRestoration;

/// The scroll position in CSS pixels from the top.
pub fn position() -> f64 {
    window().scroll_y().unwrap_or_default()
}

pub fn to(pixels: f64) {
    window().scroll_to_with_x_and_y(0.0, pixels);
}

pub fn by(pixels: f64) {
    window().scroll_by_with_x_and_y(0.0, pixels);
}

/// The viewport height in CSS pixels.
pub fn window_height() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default()
}

/// The path in the address bar.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// Sets whether the application (`true`) or the browser restores the scroll position after Back and Forward.
pub fn restore_by_hand(is_by_hand: bool) {
    if let Ok(history) = window().history() {
        let _ = history.set_scroll_restoration(if is_by_hand { ScrollRestoration::Manual } else { ScrollRestoration::Auto });
    }
}
