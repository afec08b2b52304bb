//! The document around every page.

use leptos::{nonce::use_nonce, prelude::*};

use crate::server::routes::assets::Assets;

/// What the document needs to know.
#[derive(Clone, Debug)]
pub struct Document {
    pub title: String,
    pub vendor: String,
    /// `#rrggbb`, checked.
    pub accent: String,
    /// The name of whoever is signed in.
    pub person: Option<String>,
    pub assets: Assets,
}

/// The whole HTML document with a page in it.
#[component]
pub fn Shell(document: Document, children: Children) -> impl IntoView {
    let Document { title, vendor, accent, person, assets } = document;
    let nonce = use_nonce();
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{format!("{title} · {vendor} Registry Tokens")}</title>
                <link rel="stylesheet" href=assets.style />
                <style nonce=nonce>{format!(":root{{--vendor-accent:{accent}}}")}</style>
                <link rel="icon" type="image/svg+xml" href="/assets/icon.svg" />
                // The sign-in page has no island and loads no script.
                {person.is_some().then(|| view! { <HydrationScripts options=assets.leptos islands=true /> })}
            </head>
            <body>
                <a class="skip" href="#main">"Skip to the content"</a>
                <header class="top">
                    <a class="top-brand" href="/">
                        <span class="top-vendor">{vendor}</span>
                        <span>"Registry Tokens"</span>
                    </a>
                    {person.map(|person| view! {
                        <nav class="top-nav" aria-label="Portal"><a href="/">"My Projects"</a></nav>
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
