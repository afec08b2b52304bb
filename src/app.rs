//! The application: the HTML document, the routes, and what all pages share.

use codee::binary::PostcardCodec;
use leptos::{config::LeptosOptions, nonce::use_nonce, prelude::*, server::SharedValue};
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

use crate::{
    api::client::set_page,
    components::{
        common::{hydrated::provide_hydrated, popup::ClosePopups, skeleton::LOADING},
        layout::{header::Header, navigation::Navigation, seen_pages::SeenPages},
    },
    error::AppError,
    models::{form_answer::FormAnswer, portal::Portal, theme::Theme, token::RevealedSecret},
    pages::{
        error::ErrorPage, my_projects::MyProjectsPage, secret::SecretPage, sign_in::SignInPage, token::TokenPage,
        tokens::TokensPage,
    },
};

/// The data that the HTML document needs.
#[derive(Clone, Debug)]
pub struct Document {
    pub portal: Portal,
    /// The accent colour as `#rrggbb`, validated.
    pub accent: String,
    pub files: PkgFiles,
    pub options: LeptosOptions,
}

/// The addresses of the build's files.
#[derive(Clone, Debug, Default)]
pub struct PkgFiles {
    pub js: String,
    pub wasm: String,
    pub css: String,
}

/// The complete HTML document with the application in it.
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

/// The document that shows a new secret without JavaScript. It does not hydrate and contains no data for hydration.
pub fn secret_document(document: Document, secret: RevealedSecret, back: String) -> impl IntoView {
    static_document(document, || view! { <Title text="Back up the secret" /> <SecretPage secret back /> })
}

/// The response to a form post whose page cannot be rendered.
pub fn error_document(document: Document, error: AppError) -> impl IntoView {
    static_document(document, || view! { <ErrorPage error /> })
}

/// `content` is a closure, so that it is created after the contexts that it uses.
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
                // PNG, not SVG: browsers load the icon again at every history step, and an SVG takes half a frame.
                <link rel="icon" type="image/png" sizes="64x64" href="/assets/icon.png" />
                {head}
            </head>
            <body>{body}</body>
        </html>
    }
}

/// Loads the application and hydrates after the first paint, so that the content shows first. Leptos's own `HydrationScripts`
/// loads it before the first paint, `defer` too; docs/decisions/0002 has the cost of each. If the browser has translated the page
/// by then, its elements differ from those that hydration expects: that page does not hydrate.
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

/// The application: the routes, and what all pages share.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let portal = from_server::<Portal>();
    if !is_server() {
        set_page(portal.build.clone(), portal.user_id.clone());
    }
    let vendor = portal.vendor.clone();
    // Shared by the table and the columns menu.
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

/// Appends the vendor's name to the title of every page. Until the page has its own, the title says that it is loading.
#[component]
fn TitleOfVendor(vendor: String) -> impl IntoView {
    // The server writes the title without escaping it.
    let escaped = move |title: String| if is_server() { title.replace('&', "&amp;").replace('<', "&lt;") } else { title };
    let formatter = move |page: String| escaped(format!("{page} · {vendor} Registry Tokens"));
    view! { <Title formatter text=LOADING /> }
}

/// The layout around every page; used inside the router.
#[component]
fn Shared<C: IntoView + 'static>(children: TypedChildren<C>) -> impl IntoView {
    Navigation::provide();
    page(children.into_inner()())
}

/// The header, and the page below it.
fn page(content: impl IntoView) -> impl IntoView {
    view! {
        <Header />
        <main id="main" tabindex="-1">{content}</main>
    }
}

/// Returns a context value that the server provides and serializes into the document, where the browser reads it. The default
/// value while the server lists the routes.
fn from_server<T>() -> T
where
    T: Clone + Default + Send + Sync + serde::Serialize + serde::de::DeserializeOwned + 'static,
{
    SharedValue::<T, PostcardCodec>::new_with_encoding(|| use_context::<T>().unwrap_or_default()).into_inner()
}
