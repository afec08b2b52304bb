//! One token of the table, as HTML: the server puts it into the page, the browser into the table, as one text for many
//! rows. A view made of elements, one by one, takes several times as long (docs/benchmarks.md). What its controls do is in
//! [`super::clicks`].

use maud::{Markup, html};

use crate::{
    browser,
    models::{
        account::Person,
        moment,
        project::CLOSED,
        token::{EXPIRING_SOON_DAYS, TokenProduct, TokenRow},
    },
};

use super::icon::Icon;

/// So many products stand in a row; the rest opens.
const PRODUCTS_SHOWN: usize = 2;

/// What all rows have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    pub project_key: String,
    pub is_admin: bool,
    /// Whether the project is closed.
    pub refuses: bool,
    /// Unix seconds.
    pub now: i64,
}

/// A row. On a narrow screen its cells stand under each other, each with its column's name. Two rows of the same text
/// look the same.
pub fn token_row(row: &TokenRow, look: &Look) -> String {
    let TokenRow { id, name, created_for, created_by, .. } = row;
    let left = row.days_left.map(moment::in_days);
    let (near, far) = if row.days_left.is_some_and(|days| days <= EXPIRING_SOON_DAYS) { (left, None) } else { (None, left) };
    let used = row.usage.last_at;
    let row = html! {
        tr data-row {
            td.col-select {
                input id={ "select-" (id) } type="checkbox" data-do="select" value=(id) aria-label={ "Select " (name) };
            }
            th.col-name scope="row" {
                a id={ "name-" (id) } href={ "/projects/" (look.project_key) "/tokens/" (name) } title=(name) { (name) }
            }
            @if look.is_admin {
                td.col-type data-label="Token Type" { span.badge.badge-plain { (row.kind.label()) } }
                td.col-for data-label="Created For" title=(title(created_for)) { span.clamp { (created_for.name) } }
                td.col-by data-label="Created By" title=(title(created_by)) { span.clamp { (created_by.name) } }
            }
            td.col-end.date data-label="Subscription End Date" title=[far] {
                (row.subscription_end.as_deref().unwrap_or("None"))
                @if let Some(near) = near { " " span.quiet { (near) } }
            }
            td.col-products data-label="Products" { (products(id, &row.products)) }
            td.col-created.date data-label="Created On" title=[moment::days_ago(&row.created_on, look.now)] { (row.created_on) }
            td.col-used.date data-label="Last Used" title=[used.map(moment::utc)] {
                (used.map_or_else(|| "Never".to_owned(), |at| moment::ago(at, look.now)))
            }
            td.col-status data-label="Token Status" { (status(row, look)) }
            td.col-actions data-label="Actions" { (actions(row, look)) }
        }
    };
    row.into_string()
}

/// The whole name, which may be cut, with the e-mail address.
fn title(person: &Person) -> String {
    format!("{} ({})", person.name, person.email)
}

/// One product key a line, the first two; each with its own end.
fn products(id: &str, products: &[TokenProduct]) -> Markup {
    let (first, rest) = products.split_at(products.len().min(PRODUCTS_SHOWN));
    html! {
        @if products.is_empty() {
            span.quiet { "None" }
        } @else {
            ul.products.products-first[!rest.is_empty()] { @for product in first { (product_line(product)) } }
            @if !rest.is_empty() {
                details.more-products {
                    summary id={ "products-" (id) } { "+" (rest.len()) span.hidden { " more products" } }
                    ul.products { @for product in rest { (product_line(product)) } }
                }
            }
        }
    }
}

fn product_line(product: &TokenProduct) -> Markup {
    let title = match (&product.ends, product.running) {
        (Some(ends), true) => format!("{}, until {ends}", product.key),
        (Some(ends), false) => format!("{}, not running; its subscription ends {ends}", product.key),
        (None, _) => format!("{}, no subscription", product.key),
    };
    html! { li class=[(!product.running).then_some("product-ended")] title=(title) { (product.key) } }
}

/// The status by shape, colour and word; why, where it is disabled; what Re-sync would add.
fn status(row: &TokenRow, look: &Look) -> Markup {
    html! {
        span class={ "badge badge-" (row.status.slug()) } { (row.status.label()) }
        @if let Some(until) = row.overlap_until { (end_overlap(row, until, look)) }
        @if let Some(reason) = &row.status_reason { span.status-reason title=(reason) { (reason) } }
        @match row.to_add.len() {
            0 => {}
            1 => span.to-add title=(row.to_add.join(", ")) { "1 product to add" }
            many => span.to-add title=(row.to_add.join(", ")) { (many) " products to add" }
        }
    }
}

/// Two secrets live, until when, and the end of it in one click.
fn end_overlap(row: &TokenRow, until: i64, look: &Look) -> Markup {
    let utc = moment::utc(until);
    html! {
        form.overlap method="post" action={ "/projects/" (look.project_key) "/registry-tokens/end-overlap" } {
            input type="hidden" name="token_id" value=(row.id);
            span title=(utc) { "Two secrets until " time data-at=(until) { (browser::local(until)) } }
            button.button.button-quiet
                id={ "end-overlap-" (row.id) }
                type="submit"
                data-do="end-overlap"
                value=(row.id)
                aria-label={ "End overlap now: " (row.name) }
                disabled[look.refuses]
            { "End overlap now" }
        }
    }
}

/// The id of a row's button. Disable and Enable are one button: after the one it is the other.
pub fn action_id(slug: &str, token_id: &str) -> String {
    let slug = if slug == "enable" { "disable" } else { slug };
    format!("{slug}-{token_id}")
}

/// What can be done with a token, by whoever may see it: icon, name and the slug of its dialog.
pub fn offered(row: &TokenRow, is_admin: bool) -> impl Iterator<Item = (Icon, &'static str, &'static str)> {
    let pause = if row.is_paused { (Icon::Play, "Enable Token", "enable") } else { (Icon::Pause, "Disable Token", "disable") };
    let actions = [
        Some((Icon::Resync, "Re-sync Products", "resync")),
        Some((Icon::Key, "Re-generate Secret", "regenerate")),
        is_admin.then_some(pause),
        Some((Icon::Trash, "Delete Token", "delete")),
    ];
    actions.into_iter().flatten()
}

/// An icon each, with its name beside it for who hovers, focuses or listens. Without a script it asks for the page with the
/// dialog open.
fn actions(row: &TokenRow, look: &Look) -> Markup {
    html! {
        @for (icon, verb, slug) in offered(row, look.is_admin) {
            button.action
                id=(action_id(slug, &row.id))
                data-verb=(verb)
                data-do="open"
                type="submit"
                form="open-dialog"
                name="dialog"
                value={ (slug) "-" (row.id) }
                aria-label={ (verb) " " (row.name) }
                title=(if look.refuses { CLOSED } else { verb })
                disabled[look.refuses]
            {
                svg.icon viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" { path d=(icon.path()) {} }
            }
        }
    }
}
