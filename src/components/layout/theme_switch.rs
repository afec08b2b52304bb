//! Light, dark, or as the system says.

use leptos::prelude::*;

use crate::{models::theme::Theme, paths};

/// Three buttons of a plain form, the chosen one pressed. The server sets the cookie and renders the page anew.
#[component]
pub fn ThemeSwitch(theme: Theme) -> impl IntoView {
    view! {
        <form class="theme" method="post" action=paths::THEME>
            <fieldset>
                <legend class="hidden">"Theme"</legend>
                <ThemeButton choice=Theme::Light theme />
                <ThemeButton choice=Theme::Dark theme />
                <ThemeButton choice=Theme::System theme />
            </fieldset>
        </form>
    }
}

#[component]
fn ThemeButton(choice: Theme, theme: Theme) -> impl IntoView {
    view! {
        <button
            type="submit"
            name="theme"
            value=choice.slug()
            aria-label=choice.label()
            title=choice.label()
            aria-pressed=if choice == theme { "true" } else { "false" }
        >
            <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d=drawing(choice) /></svg>
        </button>
    }
}

/// A sun, a moon, a screen: drawn on a grid of 16.
fn drawing(theme: Theme) -> &'static str {
    match theme {
        Theme::Light => {
            "M10.5 8a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0ZM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7\
             M12.6 3.4l-.7.7M4.1 11.9l-.7.7"
        }
        Theme::Dark => "M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z",
        Theme::System => "M2 3h12v8H2ZM5.5 13.5h5",
    }
}
