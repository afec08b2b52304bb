//! A page that shows what the server answers for it.

use std::{pin::Pin, sync::Arc};

use codee::binary::PostcardCodec;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    components::{
        common::{effect::effect, scope::PageScope, skeleton::Skeleton},
        layout::seen_pages::SeenPages,
    },
    error::AppError,
    models::page_content::{PageContent, PageParams},
};

use super::error::ErrorPage;

/// Asks the server for the content.
pub type LoadPage = Arc<dyn Fn(PageParams) -> Pin<Box<dyn Future<Output = Result<PageContent, AppError>> + Send>> + Send + Sync>;

/// Shows an error in the place of a content. It does nothing once somebody has gone on to another page of the same route.
pub type ShowError = Arc<dyn Fn(AppError) + Send + Sync>;

/// Makes the page of its content.
pub type ShowPage = Arc<dyn Fn(PageContent, ShowError) -> AnyView + Send + Sync>;

/// Loads the content, then shows the page. What was seen before is shown at once, until it has come anew.
#[component]
pub fn LoadedPage(load: LoadPage, show: ShowPage) -> impl IntoView {
    let params = use_params_map();
    let seen = use_context::<SeenPages>();
    let scope = PageScope::provide();
    let is_old = StoredValue::new(false);
    let load_anew = load.clone();
    let current = move || params.with(|params| ["key", "name"].map(|name| params.get(name).unwrap_or_default()));
    let content = Resource::<Result<PageContent, AppError>, PostcardCodec>::new_with_options(
        current,
        move |params: PageParams| {
            let known = seen.and_then(|seen| seen.take(&params));
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
                // Somebody may have gone on to another page of this route meanwhile.
                if untrack(current) == params {
                    content.set(Some(fresh));
                }
            });
        }
    });
    // Not a `Callback`: that would end with the content, and its answer may come later.
    let show_error = move |params: PageParams| -> ShowError {
        Arc::new(move |error| {
            if untrack(current) == params {
                content.set(Some(Err(error)));
            }
        })
    };
    let page = move || {
        let show = show.clone();
        Suspend::new(async move {
            match content.await {
                Err(error) => view! { <ErrorPage error /> }.into_any(),
                Ok(content) => show(content, show_error(untrack(current))),
            }
        })
    };
    // What comes anew takes nothing out of the document, and so no focus: `Suspense` would show the fallback in between.
    view! { <Transition fallback=|| view! { <Skeleton /> }>{page}</Transition> }
}
