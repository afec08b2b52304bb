//! The application: the document around it, its routes, and what all pages share.

use codee::binary::PostcardCodec;
use leptos::{config::LeptosOptions, nonce::use_nonce, prelude::*, server::SharedValue};
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

use crate::{
    api::client::set_build,
    components::{
        common::{hydrated::provide_hydrated, popup::ClosePopups},
        layout::{header::Header, navigation::Navigation, seen_pages::SeenPages},
    },
    error::AppError,
    models::{form_answer::FormAnswer, portal::Portal, theme::Theme, token::RevealedSecret},
    pages::{
        error::ErrorPage, my_projects::MyProjectsPage, secret::SecretPage, sign_in::SignInPage, token::TokenPage,
        tokens::TokensPage,
    },
};

/// What the document around the application needs.
#[derive(Clone, Debug)]
pub struct Document {
    pub portal: Portal,
    /// `#rrggbb`, checked.
    pub accent: String,
    pub files: PkgFiles,
    pub options: LeptosOptions,
}

/// The addresses of what the build made.
#[derive(Clone, Debug, Default)]
pub struct PkgFiles {
    pub js: String,
    pub wasm: String,
    pub css: String,
}

/// The whole HTML document with the application in it.
pub fn shell(document: Document) -> impl IntoView {
    let files = document.files.clone();
    let options = document.options.clone();
    let head = view! {
        <AutoReload options />
        <HydrationScript files />
        <MetaTags />
    };
    html_document(document, head, view! { <App /> })
}

/// The document that shows a new secret where no script runs. It runs no script and carries no data for one.
pub fn secret_document(document: Document, secret: RevealedSecret, back: String) -> impl IntoView {
    static_document(document, || view! { <Title text="Back up the secret" /> <SecretPage secret back /> })
}

/// The document that answers a form whose page cannot be shown.
pub fn error_document(document: Document, error: AppError) -> impl IntoView {
    static_document(document, || view! { <ErrorPage error /> })
}

/// The content is made once the contexts are there that it may use.
fn static_document<V: IntoView>(document: Document, content: impl FnOnce() -> V) -> impl IntoView {
    provide_meta_context();
    provide_context(document.portal.clone());
    let vendor = document.portal.vendor.clone();
    html_document(document, view! { <MetaTags /> }, view! { <TitleOfVendor vendor /> {page(content())} })
}

fn html_document(document: Document, head: impl IntoView, body: impl IntoView) -> impl IntoView {
    let Document { portal, accent, files, .. } = document;
    let theme = portal.theme;
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=(theme != Theme::System).then(|| theme.slug())>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content=theme.color_scheme() />
                <link id="leptos" rel="stylesheet" href=files.css />
                <style nonce=use_nonce() inner_html=format!(":root{{--vendor-accent:{accent}}}")></style>
                // No drawing: a browser reads its icon anew at every step of the history, and a drawing costs it half a frame.
                <link rel="icon" type="image/png" sizes="64x64" href="/assets/icon.png" />
                {head}
            </head>
            <body>{body}</body>
        </html>
    }
}

/// Loads the application and hydrates, once the page has been painted: what is there to be read comes first. Leptos's own
/// `HydrationScripts` loads it before the first paint, `defer` too; docs/decisions/0002 has what each costs. What a browser has
/// translated by then has other elements than the application expects: that page goes on without a script.
#[component]
fn HydrationScript(files: PkgFiles) -> impl IntoView {
    let PkgFiles { js, wasm, .. } = files;
    let start = format!(
        r#"requestAnimationFrame(() => setTimeout(async () => {{
            const app = await import("{js}");
            await app.default({{ module_or_path: "{wasm}" }});
            if (!document.querySelector("font")) app.hydrate();
        }}));"#
    );
    view! { <script type="module" nonce=use_nonce()>{start}</script> }
}

/// The application: routes, and what all pages share.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let portal = from_server::<Portal>();
    if !is_server() {
        set_build(portal.build.clone());
    }
    let vendor = portal.vendor.clone();
    // The table and its menu share them.
    provide_context(RwSignal::new(portal.hidden_columns.clone()));
    provide_context(portal);
    provide_context(from_server::<FormAnswer>());
    SeenPages::provide();
    provide_hydrated();
    view! {
        <TitleOfVendor vendor />
        <ClosePopups />
        <Router>
            <Shared>
                <FlatRoutes fallback=|| view! { <ErrorPage error=AppError::NotFound /> }>
                    <Route path=path!("/") view=MyProjectsPage ssr=SsrMode::Async />
                    <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
                    <Route path=path!("/projects/:key/registry-tokens/:action?") view=TokensPage ssr=SsrMode::Async />
                    <Route path=path!("/projects/:key/tokens/:name/:test?") view=TokenPage ssr=SsrMode::Async />
                </FlatRoutes>
            </Shared>
        </Router>
    }
}

/// Ends the title of every page.
#[component]
fn TitleOfVendor(vendor: String) -> impl IntoView {
    // The server writes a title into the page as it is given.
    let escaped = move |title: String| if is_server() { title.replace('&', "&amp;").replace('<', "&lt;") } else { title };
    view! { <Title formatter=move |page: String| escaped(format!("{page} · {vendor} Registry Tokens")) /> }
}

/// What stands around every page; inside the router.
#[component]
fn Shared<C: IntoView + 'static>(children: TypedChildren<C>) -> impl IntoView {
    Navigation::provide();
    page(children.into_inner()())
}

/// The header, and the page under it.
fn page(content: impl IntoView) -> impl IntoView {
    view! {
        <Header />
        <main id="main" tabindex="-1">{content}</main>
    }
}

/// What the server provides for the document; the browser reads it from there. The server has none while it lists the
/// routes.
fn from_server<T>() -> T
where
    T: Clone + Default + Send + Sync + serde::Serialize + serde::de::DeserializeOwned + 'static,
{
    SharedValue::<T, PostcardCodec>::new_with_encoding(|| use_context::<T>().unwrap_or_default()).into_inner()
}
