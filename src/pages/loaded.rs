//! A page that loads its content from the server, then renders it.

use std::{pin::Pin, sync::Arc};

use codee::binary::PostcardCodec;
use leptos::prelude::*;
use leptos_router::{hooks::use_params_map, params::ParamsMap};

use crate::{
    components::{
        common::{effect::effect, scope::PageScope, show_error::ShowError, skeleton::Skeleton},
        layout::seen_pages::SeenPages,
    },
    error::AppError,
    models::page_content::{PageContent, PageParams, page_params},
};

use super::error::ErrorPage;

/// Loads the content of a page from the server.
pub type LoadPage = Arc<dyn Fn(PageParams) -> Pin<Box<dyn Future<Output = Result<PageContent, AppError>> + Send>> + Send + Sync>;

/// Renders the page from its content.
pub type ShowPage = Arc<dyn Fn(PageContent, ShowError) -> AnyView + Send + Sync>;

/// The page that the address names.
pub fn params_of(params: &ParamsMap) -> PageParams {
    let [key, name] = ["key", "name"].map(|name| params.get(name).unwrap_or_default());
    page_params(&key, &name)
}

/// Loads the content, then renders the page. Cached content of this kind (`is_mine`) is shown at once, and fetched again.
#[component]
pub fn LoadedPage(load: LoadPage, show: ShowPage, is_mine: fn(&PageContent) -> bool) -> impl IntoView {
    let params = use_params_map();
    let seen = use_context::<SeenPages>();
    let scope = PageScope::provide();
    let is_old = StoredValue::new(false);
    let load_anew = load.clone();
    let current = move || params.with(params_of);
    let content = Resource::<Result<PageContent, AppError>, PostcardCodec>::new_with_options(
        current,
        move |params: PageParams| {
            let known = seen.and_then(|seen| seen.take(|content| is_mine(content) && content.params() == params));
            is_old.set_value(known.is_some());
            let load = load.clone();
            async move {
                match known {
                    Some(content) => Ok(content),
                    None => load(params).await,
                }
            }
        },
        false,
    );
    // A response may arrive after the user has moved to another page of this route.
    let set_content = move |params: &PageParams, value| {
        if untrack(current) == *params {
            content.set(Some(value));
        }
    };
    effect(move || {
        let Some(Ok(shown)) = content.get() else { return };
        let params = shown.params();
        if let Some(seen) = seen {
            seen.put(shown);
        }
        if is_old.try_update_value(std::mem::take) == Some(true) {
            let load = load_anew.clone();
            scope.spawn(async move {
                let fresh = load(params.clone()).await;
                set_content(&params, fresh);
            });
        }
    });
    // Not a `Callback`: it would be disposed of with the content, but the response may arrive later.
    let show_error = move |params: PageParams| -> ShowError { Arc::new(move |error| set_content(&params, Err(error))) };
    let page = move || {
        let show = show.clone();
        Suspend::new(async move {
            match content.await {
                Err(error) => view! { <ErrorPage error /> }.into_any(),
                Ok(content) => show(content, show_error(untrack(current))),
            }
        })
    };
    // `Transition` keeps the old content in the document, and with it the focus. `Suspense` would show the fallback in between.
    view! { <Transition fallback=|| view! { <Skeleton /> }>{page}</Transition> }
}
