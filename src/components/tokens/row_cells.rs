//! The cells of a row that are text, which the browser parses: products and actions. They hold two thirds of a row's
//! attributes; as elements of `view!` they took more time than the rest of it (docs/decisions/0005).

use html_escape::encode_double_quoted_attribute as escape;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::{
    components::{
        common::icon::Icon,
        open_dialog::{Dialog, OpenDialog},
    },
    models::{
        project::CLOSED,
        token::{TokenProduct, TokenRow},
    },
};

use super::{focus::RowControl, offered::offered, token_list::ProjectTokens};

/// At most this many products stand in a row; the rest opens.
const PRODUCTS_SHOWN: usize = 2;

/// One product key a line, the first two; each with its own end.
#[component]
pub fn ProductsCell(products: Vec<TokenProduct>) -> impl IntoView {
    let list = |products: &[TokenProduct], class| {
        format!(r#"<ul class="{class}">{}</ul>"#, products.iter().map(product_line).collect::<String>())
    };
    let cell = match products.split_at_checked(PRODUCTS_SHOWN) {
        _ if products.is_empty() => r#"<span class="quiet" translate="yes">None</span>"#.to_owned(),
        Some((first, rest @ [_, ..])) => format!(
            r#"{}<details class="more-products" data-popup><summary data-control="products">+{}<span class="hidden"> more products</span></summary>{}</details>"#,
            list(first, "products products-first"),
            rest.len(),
            list(rest, "products"),
        ),
        _ => list(&products, "products"),
    };
    view! { <td class="col-products" inner_html=cell></td> }
}

fn product_line(TokenProduct { key, ends, running }: &TokenProduct) -> String {
    let title = match (ends, running) {
        (Some(ends), true) => format!("{key}, until {ends}"),
        (Some(ends), false) => format!("{key}, not running; its subscription ends {ends}"),
        (None, _) => format!("{key}, no subscription"),
    };
    let class = if *running { "" } else { r#" class="product-ended""# };
    format!(r#"<li{class} title="{}">{}</li>"#, escape(&title), escape(key))
}

/// An icon each, with its name beside it for who hovers, focuses or listens. Without a script it asks for the page with the
/// dialog open.
#[component]
pub fn ActionsCell(token: TokenRow, is_admin: bool, is_closed: bool) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let dialog: OpenDialog = expect_context();
    // The form is for a page without script. A browser would look it up for every button that comes and goes: half of what the
    // removal of a row takes (docs/decisions/0005).
    let form = if is_server() { r#" form="open-dialog""# } else { "" };
    let button = |(icon, verb, slug): (Icon, &'static str, &'static str)| {
        format!(
            r#"<button data-control="{}"{form} name="dialog" value="{slug}-{}" aria-label="{verb} {}" title="{}"{}>{}</button>"#,
            RowControl::Action(slug).slug(),
            escape(&token.id),
            escape(&token.name),
            if is_closed { CLOSED } else { verb },
            if is_closed { " disabled" } else { "" },
            icon.to_svg(),
        )
    };
    let cell: String = offered(&token, is_admin).map(button).collect();
    // One listener for all of them: an element that is parsed has none.
    let open = move |event: ev::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let button = target.and_then(|target| target.closest("button").ok().flatten());
        let Some(value) = button.and_then(|button| button.get_attribute("value")) else { return };
        event.prevent_default();
        if let Some(opened) = Dialog::parse(&value, |id| tokens.row(id)) {
            tokens.open(dialog, opened);
        }
    };
    view! { <td class="col-actions" inner_html=cell on:click=open></td> }
}
