//! The cells of a row that are built as HTML text for the browser's parser: products and actions. They hold two thirds of a row's
//! attributes; as elements of `view!` they took more time than the rest of the row (docs/decisions/0005).

use html_escape::encode_double_quoted_attribute as escape;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::{
    components::open_dialog::{Dialog, OpenDialog},
    models::{
        moment,
        project::CLOSED,
        token::{TokenProduct, TokenRow},
        token_action::TokenAction,
    },
    paths,
};

use super::{
    focus::RowControl,
    offered::{icon, offered},
    token_list::ProjectTokens,
};

/// At most this many products are shown in a row; the rest is in a popup.
const PRODUCTS_SHOWN: usize = 2;

/// One product key per line, the first two; each with its own end date.
#[component]
pub fn ProductsCell(products: Vec<TokenProduct>, now: i64) -> impl IntoView {
    let list = |products: &[TokenProduct], class| {
        format!(r#"<ul class="{class}">{}</ul>"#, products.iter().map(|product| product_line(product, now)).collect::<String>())
    };
    let cell = match products.split_at_checked(PRODUCTS_SHOWN) {
        _ if products.is_empty() => r#"<span class="quiet" translate="yes">None</span>"#.to_owned(),
        Some((first, rest @ [_, ..])) => format!(
            r#"{}<details class="more-products" data-popup><summary data-control="products"{}>+{}<span class="hidden"> more products</span></summary>{}</details>"#,
            list(first, "products products-first"),
            tab_stop(),
            rest.len(),
            list(rest, "products"),
        ),
        _ => list(&products, "products"),
    };
    view! { <td class="col-products" inner_html=cell></td> }
}

fn product_line(TokenProduct { key, ends, running }: &TokenProduct, now: i64) -> String {
    let title = match (ends, running) {
        (Some(ends), true) => format!("{key}, until {ends}"),
        (Some(day), false) => {
            let ends = if moment::days_until(day, now).is_some_and(|days| days < 0) { "ended" } else { "ends" };
            format!("{key}, not running; its subscription {ends} {day}")
        }
        (None, _) => format!("{key}, no subscription"),
    };
    let class = if *running { "" } else { r#" class="product-ended""# };
    format!(r#"<li{class} title="{}">{}</li>"#, escape(&title), escape(key))
}

/// In a browser-rendered row one control is a Tab stop, and the arrow keys reach the others (see [`super::keys`]). Without
/// JavaScript each control is a Tab stop.
fn tab_stop() -> &'static str {
    if is_server() { "" } else { r#" tabindex="-1""# }
}

/// One icon button per action; its name shows on hover and focus and is read by screen readers. Without JavaScript a button
/// requests the page with the dialog open, or submits the action at once. On a phone the first control opens the card.
#[component]
pub fn ActionsCell(token: TokenRow, is_admin: bool, is_closed: bool, project_key: String) -> impl IntoView {
    // Only a page without JavaScript needs the form. A browser would look it up for every button that is added or removed: half
    // of the time that removing a row takes (docs/decisions/0005).
    let form = if is_server() { r#" form="open-dialog""# } else { "" };
    let (id, name) = (escape(&token.id), escape(&token.name));
    let button = |action: TokenAction| {
        let (slug, verb) = (action.slug(), action.verb());
        let control = RowControl::Action(slug);
        let sends = match action {
            TokenAction::EndOverlap if is_server() => {
                let action = paths::token_form(&project_key, slug);
                format!(r#" formmethod="post" formaction="{}" name="token_id" value="{id}""#, escape(&action))
            }
            _ => format!(r#" name="dialog" value="{slug}-{id}""#),
        };
        format!(
            r#"<button data-control="{}"{form}{}{sends} aria-label="{verb} {name}" title="{}"{}>{}</button>"#,
            control.slug(),
            tab_stop(),
            if is_closed { CLOSED } else { verb },
            if is_closed { " disabled" } else { "" },
            icon(action).to_svg(),
        )
    };
    let end_overlap = token.overlap_until.map(|_| TokenAction::EndOverlap);
    let buttons: String = end_overlap.into_iter().chain(offered(&token, is_admin)).map(button).collect();
    let cell = format!(
        r#"<details class="more" name="card"><summary data-control="more"{} aria-label="More about {name}"></summary></details>{buttons}"#,
        tab_stop(),
    );
    let act = use_action(token.id.clone(), token.overlap_until);
    view! { <td class="col-actions" inner_html=cell on:click=act></td> }
}

/// One click listener for all buttons of a row, because parsed HTML has no listeners.
fn use_action(id: String, overlap_until: Option<i64>) -> impl Fn(ev::MouseEvent) {
    let tokens: ProjectTokens = expect_context();
    let dialog: OpenDialog = expect_context();
    move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(button) = target.and_then(|target| target.closest("button").ok().flatten()) else { return };
        event.prevent_default();
        match overlap_until {
            // One click ends the overlap, without a dialog.
            Some(until) if button.get_attribute("data-control").as_deref() == Some(TokenAction::EndOverlap.slug()) => {
                tokens.end_overlap(id.clone(), until);
            }
            _ => {
                let value = button.get_attribute("value").unwrap_or_default();
                if let Some(opened) = Dialog::parse(&value, |id| tokens.row(id)) {
                    tokens.open(dialog, opened);
                }
            }
        }
    }
}
