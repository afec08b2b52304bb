//! One token of the table.

use leptos::{either::Either, ev, prelude::*};

use crate::models::token::{TokenProduct, TokenRow};

use super::{
    icon::{Icon, IconImage},
    tokens_island::{Dialog, Tokens},
};

/// So many products stand in a row; the rest opens.
const PRODUCTS_SHOWN: usize = 2;

/// A row. On a narrow screen its cells stand under each other, each with its column's name.
#[component]
pub fn TokenTableRow(row: TokenRow, is_admin: bool) -> impl IntoView {
    let end = row.subscription_end.clone();
    let near = row.days_left.filter(|_| row.days_left.is_some_and(|days| days <= 30)).map(in_days);
    view! {
        <tr>
            <th scope="row" class="cell-name">{row.name.clone()}</th>
            {is_admin.then(|| view! {
                <td data-label="Token Type"><span class="badge badge-plain">{row.kind.label()}</span></td>
                <td data-label="Created For" title=row.created_for_email.clone()>{row.created_for.clone()}</td>
                <td data-label="Created By">{row.created_by.clone()}</td>
            })}
            <td data-label="Subscription End Date" class="date">
                {end.unwrap_or_else(|| "None".to_owned())}
                {near.map(|near| view! { " " <span class="quiet">{near}</span> })}
            </td>
            <td data-label="Products"><Products products=row.products.clone() /></td>
            <td data-label="Created On" class="date">{row.created_on.clone()}</td>
            <td data-label="Token Status" class="cell-status"><Status row=row.clone() /></td>
            <td data-label="Actions" class="cell-actions"><Actions row /></td>
        </tr>
    }
}

fn in_days(days: i64) -> String {
    match days {
        0 => "last day today".to_owned(),
        1 => "in 1 day".to_owned(),
        days => format!("in {days} days"),
    }
}

/// One product key a line, the first two; each with its own end.
#[component]
fn Products(products: Vec<TokenProduct>) -> impl IntoView {
    let line = |product: TokenProduct| {
        let title = match (&product.ends, product.running) {
            (Some(ends), true) => format!("Until {ends}"),
            (Some(ends), false) => format!("Not running; subscription ends {ends}"),
            (None, _) => "No subscription".to_owned(),
        };
        view! { <li class:product-ended=!product.running title=title><code>{product.key}</code></li> }
    };
    if products.is_empty() {
        return Either::Left(view! { <span class="quiet">"None"</span> });
    }
    let mut products = products.into_iter();
    let first = products.by_ref().take(PRODUCTS_SHOWN).map(line).collect_view();
    let rest: Vec<_> = products.collect();
    let more = rest.len();
    Either::Right(view! {
        <ul class="products">{first}</ul>
        {(more > 0).then(|| view! {
            <details class="more-products">
                <summary>{format!("+{more}")}<span class="hidden">" more products"</span></summary>
                <ul class="products">{rest.into_iter().map(line).collect_view()}</ul>
            </details>
        })}
    })
}

/// The status by shape, colour and word; why, where it is disabled; what Re-sync would add.
#[component]
fn Status(row: TokenRow) -> impl IntoView {
    let to_add = row.to_add.len();
    view! {
        <span class=format!("badge badge-{}", row.status.slug())>{row.status.label()}</span>
        {row.status_reason.map(|reason| view! { <span class="status-reason">{reason}</span> })}
        {(to_add > 0).then(|| view! {
            <span class="to-add" title=row.to_add.join(", ")>
                {if to_add == 1 { "1 product to add".to_owned() } else { format!("{to_add} products to add") }}
            </span>
        })}
    }
}

#[component]
fn Actions(row: TokenRow) -> impl IntoView {
    view! {
        <RowAction icon=Icon::Resync verb="Re-sync Products" slug="resync" row=row.clone() />
        <RowAction icon=Icon::Key verb="Re-generate Secret" slug="regenerate" row=row.clone() />
        <RowAction icon=Icon::Trash verb="Delete Token" slug="delete" row />
    }
}

/// An icon with its name beside it for who hovers, focuses or listens. Without a script it asks for the page with the
/// dialog open.
#[component]
fn RowAction(icon: Icon, verb: &'static str, slug: &'static str, row: TokenRow) -> impl IntoView {
    let Tokens { project, dialog, rows, .. } = expect_context();
    let refusal = move || project.with(|project| project.change_refusal());
    let value = format!("{slug}-{}", row.id);
    let open = {
        let value = value.clone();
        move |event: ev::MouseEvent| {
            event.prevent_default();
            dialog.set(rows.with_untracked(|rows| Dialog::parse(&value, rows)));
        }
    };
    view! {
        <button
            id=value.clone()
            class="action"
            data-verb=verb
            type="submit"
            form="open-dialog"
            name="dialog"
            value=value
            aria-label=format!("{verb} {}", row.name)
            title=move || refusal().unwrap_or(verb)
            disabled=move || refusal().is_some()
            on:click=open
        >
            <IconImage icon />
        </button>
    }
}
