//! The document around every page.

use leptos::{nonce::use_nonce, prelude::*};

use crate::server::routes::{assets::Assets, logo, theme::Theme};

/// What the document needs to know.
#[derive(Clone, Debug)]
pub struct Document {
    pub title: String,
    pub vendor: String,
    /// `#rrggbb`, checked.
    pub accent: String,
    /// The name of whoever is signed in.
    pub person: Option<String>,
    pub theme: Theme,
    /// Whether it answers to a form: then it cannot be asked for again, in another theme.
    pub is_answer: bool,
    pub assets: Assets,
}

/// The whole HTML document with a page in it.
#[component]
pub fn Shell(document: Document, children: Children) -> impl IntoView {
    let Document { title, vendor, accent, person, theme, is_answer, assets } = document;
    let nonce = use_nonce();
    let forced = (theme != Theme::System).then(|| theme.word());
    let is_known = person.is_some();
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=forced>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content=theme.color_scheme() />
                <title>{format!("{title} · {vendor} Registry Tokens")}</title>
                // In the page itself: one that asks for it first is painted a round trip later.
                <style nonce=nonce inner_html=format!("{}:root{{--vendor-accent:{accent}}}", assets.style)></style>
                // No drawing: a browser reads its icon anew at every step of the history, and a drawing costs it half a frame.
                <link rel="icon" type="image/png" sizes="64x64" href="/assets/icon.png" />
                // The sign-in page has nothing for a script to do and loads none.
                {is_known.then(|| view! { <Scripts code=assets.code /> })}
            </head>
            <body>
                <a class="skip" href="#main">"Skip to the content"</a>
                <header class="top">
                    <a class="top-brand" href="/">
                        // The name stands beside it.
                        {assets.logo.map(|_| view! { <img class="top-logo" src=logo::ADDRESS alt="" /> })}
                        <span class="top-vendor">{vendor}</span>
                        <span>"Registry Tokens"</span>
                    </a>
                    {is_known.then(|| view! { <nav class="top-nav" aria-label="Portal"><a href="/">"My Projects"</a></nav> })}
                    {(!is_answer).then(|| view! { <ThemeSwitch theme /> })}
                    {person.map(|person| view! {
                        <form class="top-person" method="post" action="/sign-out">
                            <span>{person}</span>
                            <button class="button button-quiet" type="submit">"Sign out"</button>
                        </form>
                    })}
                </header>
                <main id="main" tabindex="-1">{children()}</main>
            </body>
        </html>
    }
}

/// Loads the browser code and starts it, once the page has been painted: what is there to be read comes first. (Leptos's
/// own `HydrationScripts` asks for it before the style sheet.)
#[component]
fn Scripts(code: String) -> impl IntoView {
    let start = format!(
        r#"requestAnimationFrame(() => setTimeout(async () => {{
            const code = await import("{code}.js");
            await code.default({{ module_or_path: "{code}_bg.wasm" }});
            setTimeout(code.hydrate);
        }}));"#
    );
    view! { <script type="module" nonce=use_nonce()>{start}</script> }
}

/// Light, dark, or as the system says: three buttons of a plain form, the chosen one pressed.
#[component]
fn ThemeSwitch(theme: Theme) -> impl IntoView {
    let button = |choice: Theme| {
        let pressed = if choice == theme { "true" } else { "false" };
        view! {
            <button
                type="submit"
                name="theme"
                value=choice.word()
                aria-label=choice.label()
                title=choice.label()
                aria-pressed=pressed
            >
                <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d=drawing(choice) /></svg>
            </button>
        }
    };
    view! {
        <form class="theme" method="post" action="/theme">
            <fieldset>
                <legend class="hidden">"Theme"</legend>
                {Theme::ALL.map(button).collect_view()}
            </fieldset>
        </form>
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
