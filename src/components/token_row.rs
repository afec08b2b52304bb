//! One token of the table. What its controls do is in [`super::row_actions`].

use leptos::{either::Either, prelude::*};

use crate::models::{
    account::Person,
    moment,
    token::{TokenProduct, TokenRow},
};

use super::{
    icon::{Icon, IconImage},
    shared::shared,
    tokens::Tokens,
};

/// So many products stand in a row; the rest opens.
const PRODUCTS_SHOWN: usize = 2;

/// A row with what it shows besides: two that are equal look the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ShownRow {
    pub row: TokenRow,
    /// How long ago it was used.
    pub used: Option<String>,
    /// Whether the project is closed.
    pub refuses: bool,
}

/// A row. On a narrow screen its cells stand under each other, each with its column's name.
#[component]
pub fn TokenTableRow(row: ShownRow, is_admin: bool) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let ShownRow { row, used, refuses } = row;
    let details = format!("/projects/{}/tokens/{}", tokens.project_key(), row.name);
    let near = row.days_left.filter(|days| *days <= 30).map(in_days);
    let id = row.id.clone();
    let chosen = shared(move || tokens.selection.with(|selection| selection.contains(&id)));
    view! {
        <tr data-row>
            <td class="col-select">
                <input
                    id=format!("select-{}", row.id)
                    type="checkbox"
                    data-do="select"
                    value=row.id.clone()
                    aria-label=format!("Select {}", row.name)
                    prop:checked=chosen
                />
            </td>
            <th scope="row" class="col-name"><a id=format!("name-{}", row.id) href=details title=row.name.clone()>{row.name.clone()}</a></th>
            {is_admin.then(|| view! {
                <td data-label="Token Type" class="col-type"><span class="badge badge-plain">{row.kind.label()}</span></td>
                <td data-label="Created For" class="col-for" title=title(&row.created_for)><span class="clamp">{row.created_for.name.clone()}</span></td>
                <td data-label="Created By" class="col-by" title=title(&row.created_by)><span class="clamp">{row.created_by.name.clone()}</span></td>
            })}
            <td data-label="Subscription End Date" class="col-end date">
                {row.subscription_end.clone().unwrap_or_else(|| "None".to_owned())}
                {near.map(|near| view! { " " <span class="quiet">{near}</span> })}
            </td>
            <td data-label="Products" class="col-products"><Products products=row.products.clone() /></td>
            <td data-label="Created On" class="col-created date">{row.created_on.clone()}</td>
            <td data-label="Last Used" class="col-used date" title=row.usage.last_at.map(moment::utc)>
                {used.unwrap_or_else(|| "Never".to_owned())}
            </td>
            <td data-label="Token Status" class="col-status"><Status row=row.clone() refuses /></td>
            <td data-label="Actions" class="col-actions"><Actions row is_admin refuses /></td>
        </tr>
    }
}

/// The whole name, which may be cut, with the e-mail address.
fn title(person: &Person) -> String {
    format!("{} ({})", person.name, person.email)
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
            (Some(ends), true) => format!("{}, until {ends}", product.key),
            (Some(ends), false) => format!("{}, not running; its subscription ends {ends}", product.key),
            (None, _) => format!("{}, no subscription", product.key),
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
fn Status(row: TokenRow, refuses: bool) -> impl IntoView {
    let to_add = row.to_add.len();
    view! {
        <span class=format!("badge badge-{}", row.status.slug())>{row.status.label()}</span>
        {row.overlap_until.map(|until| view! { <EndOverlap id=row.id name=row.name until=moment::utc(until) refuses /> })}
        {row.status_reason.map(|reason| view! { <span class="status-reason" title=reason.clone()>{reason.clone()}</span> })}
        {(to_add > 0).then(|| view! {
            <span class="to-add" title=row.to_add.join(", ")>
                {if to_add == 1 { "1 product to add".to_owned() } else { format!("{to_add} products to add") }}
            </span>
        })}
    }
}

/// Two secrets live, until when, and the end of it in one click.
#[component]
fn EndOverlap(id: String, name: String, until: String, refuses: bool) -> impl IntoView {
    let tokens: Tokens = expect_context();
    view! {
        <form class="overlap" method="post" action=tokens.form_action("end-overlap")>
            <input type="hidden" name="token_id" value=id.clone() />
            <span title=until.clone()>{format!("Two secrets until {until}")}</span>
            <button
                class="button button-quiet"
                type="submit"
                data-do="end-overlap"
                value=id
                aria-label=format!("End overlap now: {name}")
                disabled=refuses
            >
                "End overlap now"
            </button>
        </form>
    }
}

/// The id of a row's button. Disable and Enable are one button: after the one it is the other.
pub fn action_id(slug: &str, token_id: &str) -> String {
    let slug = if slug == "enable" { "disable" } else { slug };
    format!("{slug}-{token_id}")
}

#[component]
fn Actions(row: TokenRow, is_admin: bool, refuses: bool) -> impl IntoView {
    let pause = if row.is_paused { (Icon::Play, "Enable Token", "enable") } else { (Icon::Pause, "Disable Token", "disable") };
    [
        Some((Icon::Resync, "Re-sync Products", "resync")),
        Some((Icon::Key, "Re-generate Secret", "regenerate")),
        is_admin.then_some(pause),
        Some((Icon::Trash, "Delete Token", "delete")),
    ]
    .into_iter()
    .flatten()
    .map(|(icon, verb, slug)| {
        let value = format!("{slug}-{}", row.id);
        // An icon with its name beside it for who hovers, focuses or listens. Without a script it asks for the page
        // with the dialog open.
        view! {
            <button
                id=action_id(slug, &row.id)
                class="action"
                data-verb=verb
                data-do="open"
                type="submit"
                form="open-dialog"
                name="dialog"
                value=value
                aria-label=format!("{verb} {}", row.name)
                title=if refuses { crate::models::project::CLOSED } else { verb }
                disabled=refuses
            >
                <IconImage icon />
            </button>
        }
    })
    .collect_view()
}
