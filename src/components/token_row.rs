//! One token of the table.

use leptos::{either::Either, ev, prelude::*, task::spawn_local};

use crate::{
    api::tokens::end_overlap,
    models::token::{TokenProduct, TokenRow},
};

use super::{
    icon::{Icon, IconImage},
    tokens_island::{Dialog, Tokens},
};

/// So many products stand in a row; the rest opens.
const PRODUCTS_SHOWN: usize = 2;

/// A row. On a narrow screen its cells stand under each other, each with its column's name.
#[component]
pub fn TokenTableRow(row: TokenRow, is_admin: bool) -> impl IntoView {
    let Tokens { project, .. } = expect_context();
    let details = project.with_untracked(|project| format!("/projects/{}/tokens/{}", project.key, row.name));
    let end = row.subscription_end.clone();
    let near = row.days_left.filter(|_| row.days_left.is_some_and(|days| days <= 30)).map(in_days);
    view! {
        <tr>
            <th scope="row" class="cell-name"><a href=details>{row.name.clone()}</a></th>
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
            <td data-label="Actions" class="cell-actions"><Actions row is_admin /></td>
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
        {row.overlap_until.map(|until| view! { <EndOverlap id=row.id until /> })}
        {row.status_reason.map(|reason| view! { <span class="status-reason">{reason}</span> })}
        {(to_add > 0).then(|| view! {
            <span class="to-add" title=row.to_add.join(", ")>
                {if to_add == 1 { "1 product to add".to_owned() } else { format!("{to_add} products to add") }}
            </span>
        })}
    }
}

/// Two secrets live, until when, and the end of it in one click.
#[component]
fn EndOverlap(id: String, until: String) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let form_id = id.clone();
    let end = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let id = id.clone();
        spawn_local(async move {
            match end_overlap(tokens.project_key(), id.clone()).await {
                Ok(()) => tokens.say("The overlap is ended: the former secret no longer works."),
                Err(error) => tokens.say_error(&error),
            }
            tokens.refresh(vec![format!("regenerate-{id}")]);
        });
    };
    view! {
        <form class="overlap" method="post" action=tokens.form_action("end-overlap") on:submit=end>
            <input type="hidden" name="token_id" value=form_id />
            <span>{format!("Two secrets until {until}")}</span>
            <button class="button button-quiet" type="submit">"End overlap now"</button>
        </form>
    }
}

#[component]
fn Actions(row: TokenRow, is_admin: bool) -> impl IntoView {
    let pause = if row.is_paused { (Icon::Play, "Enable Token", "enable") } else { (Icon::Pause, "Disable Token", "disable") };
    let (icon, verb, slug) = pause;
    view! {
        <RowAction icon=Icon::Resync verb="Re-sync Products" slug="resync" row=row.clone() />
        <RowAction icon=Icon::Key verb="Re-generate Secret" slug="regenerate" row=row.clone() />
        {is_admin.then(|| view! { <RowAction icon verb slug row=row.clone() /> })}
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
