//! The theme switch: light, dark, or the system's setting.

use leptos::prelude::*;

use crate::{models::theme::Theme, paths};

/// Three buttons of a plain form; the chosen one is pressed. The server sets the cookie and renders the page again, so only the
/// server renders the buttons.
#[component]
pub fn ThemeSwitch(theme: Theme) -> impl IntoView {
    let buttons = if cfg!(feature = "ssr") { buttons(theme) } else { String::new() };
    view! { <form class="theme" method="post" action=paths::THEME inner_html=buttons></form> }
}

fn buttons(theme: Theme) -> String {
    let button = |choice: Theme| {
        let (slug, label, drawing) = (choice.slug(), choice.label(), drawing(choice));
        format!(
            r#"<button type="submit" name="theme" value="{slug}" aria-label="{label}" title="{label}" aria-pressed="{}"><svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="{drawing}"></path></svg></button>"#,
            choice == theme,
        )
    };
    let buttons = [Theme::Light, Theme::Dark, Theme::System].map(button).concat();
    format!(r#"<fieldset><legend class="hidden">Theme</legend>{buttons}</fieldset>"#)
}

/// The icons: a sun, a moon and a screen, on a 16×16 grid.
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
