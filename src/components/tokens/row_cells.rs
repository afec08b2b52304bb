//! The cells of a row that hold more than a text: products, status, actions.

use leptos::{ev, prelude::*};

use crate::{
    api::tokens::end_overlap,
    components::{
        common::{
            date_time::DateTime, icon::IconImage, notifications::Notifications, scope::PageScope, status_badge::StatusBadge,
        },
        dialogs::open_dialog::{Dialog, OpenDialog},
    },
    models::{
        moment,
        project::CLOSED,
        token::{TokenProduct, TokenRow},
    },
    paths,
};

use super::{
    focus::{Focus, FocusTarget, RowControl},
    offered::offered,
    token_list::ProjectTokens,
};

/// At most this many products stand in a row; the rest opens.
const PRODUCTS_SHOWN: usize = 2;

/// One product key a line, the first two; each with its own end.
#[component]
pub fn Products(products: Vec<TokenProduct>) -> impl IntoView {
    if products.is_empty() {
        return view! { <span class="quiet">"None"</span> }.into_any();
    }
    let mut first = products;
    let rest = first.split_off(first.len().min(PRODUCTS_SHOWN));
    let lines =
        |products: Vec<TokenProduct>| products.into_iter().map(|product| view! { <ProductLine product /> }).collect_view();
    let class = if rest.is_empty() { "products" } else { "products products-first" };
    view! {
        <ul class=class>{lines(first)}</ul>
        {(!rest.is_empty()).then(|| view! {
            <details class="more-products">
                <summary data-control="products">"+" {rest.len()} <span class="hidden">" more products"</span></summary>
                <ul class="products">{lines(rest)}</ul>
            </details>
        })}
    }
    .into_any()
}

#[component]
fn ProductLine(product: TokenProduct) -> impl IntoView {
    let title = match (&product.ends, product.running) {
        (Some(ends), true) => format!("{}, until {ends}", product.key),
        (Some(ends), false) => format!("{}, not running; its subscription ends {ends}", product.key),
        (None, _) => format!("{}, no subscription", product.key),
    };
    view! { <li class=(!product.running).then_some("product-ended") title=title>{product.key}</li> }
}

/// The status by shape, colour and word; why, where it is disabled; what Re-sync would add.
#[component]
pub fn Status(token: TokenRow, is_closed: bool, project_key: String) -> impl IntoView {
    let to_add = match token.to_add.len() {
        0 => None,
        1 => Some("1 product to add".to_owned()),
        many => Some(format!("{many} products to add")),
    };
    let keys = token.to_add.join(", ");
    let TokenRow { id, name, status, status_reason, overlap_until, .. } = token;
    view! {
        <StatusBadge status />
        {overlap_until.map(|until| view! { <EndOverlap id name until is_closed project_key /> })}
        {status_reason.map(|reason| view! { <span class="status-reason" title=reason.clone()>{reason.clone()}</span> })}
        {to_add.map(|text| view! { <span class="to-add" title=keys>{text}</span> })}
    }
}

/// Two secrets work, until when, and the end of it in one click.
#[component]
fn EndOverlap(id: String, name: String, until: i64, is_closed: bool, project_key: String) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let scope: PageScope = expect_context();
    let notifications: Notifications = expect_context();
    let focus: Focus = expect_context();
    // A second click would be refused, and that said over what the first one did.
    let is_loading = RwSignal::new(false);
    let token_id = id.clone();
    let end = move |event: ev::SubmitEvent| {
        event.prevent_default();
        is_loading.set(true);
        let id = id.clone();
        scope.spawn(async move {
            match end_overlap(tokens.key(), id.clone()).await {
                Ok(()) => notifications.notify("The overlap is ended: the former secret no longer works."),
                Err(error) => notifications.notify_error(&error, None),
            }
            is_loading.try_set(false);
            focus.request(FocusTarget::Row { ids: vec![id], control: RowControl::Action("regenerate") });
            tokens.refresh();
        });
    };
    view! {
        <form class="overlap" method="post" action=paths::token_form(&project_key, "end-overlap") on:submit=end>
            <input type="hidden" name="token_id" value=token_id />
            <span title=moment::utc(until)>"Two secrets until " <DateTime at=until /></span>
            <button
                class="button button-quiet"
                type="submit"
                data-control="end-overlap"
                aria-label=format!("End overlap now: {name}")
                disabled=move || is_closed || is_loading.get()
            >
                "End overlap now"
            </button>
        </form>
    }
}

/// An icon each, with its name beside it for who hovers, focuses or listens. Without a script it asks for the page with the
/// dialog open.
#[component]
pub fn Actions(token: TokenRow, is_admin: bool, is_closed: bool) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let dialog: OpenDialog = expect_context();
    let button = |(icon, verb, slug)| {
        let value = format!("{slug}-{}", token.id);
        let text = value.clone();
        let open = move |event: ev::MouseEvent| {
            event.prevent_default();
            if let Some(opened) = Dialog::parse(&text, |id| tokens.row(id)) {
                tokens.open(dialog, opened);
            }
        };
        view! {
            <button
                class="action"
                data-control=RowControl::Action(slug).slug()
                form="open-dialog"
                name="dialog"
                value=value
                aria-label=format!("{verb} {}", token.name)
                title=if is_closed { CLOSED } else { verb }
                disabled=is_closed
                on:click=open
            >
                <IconImage icon />
            </button>
        }
    };
    offered(&token, is_admin).map(button).collect_view()
}
