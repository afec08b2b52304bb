//! The cells of a row as HTML text, which the browser's parser turns into elements: as elements of `view!` they take longer
//! (docs/decisions/0005 has the numbers). Every text that comes from the data (names, keys, e-mails, reasons, stored dates) is
//! escaped. The portal's own words, numbers, formatted times and icons are not.

use std::borrow::Cow;

use html_escape::encode_double_quoted_attribute as escape;
use leptos::prelude::is_server;

use crate::{
    components::common::{
        date_time::{self, local_text},
        status_badge,
    },
    models::{
        moment,
        project::CLOSED,
        status_words,
        token::{EXPIRING_SOON_DAYS, TokenProduct, TokenStatus},
        token_action::TokenAction,
        usage_words,
    },
    paths,
};

use super::{
    focus::RowControl,
    offered::{icon, offered},
    row_data::RowData,
};

/// At most this many products are shown in a row; the rest is in a popup.
const PRODUCTS_SHOWN: usize = 2;

/// The attribute with the time (Unix seconds) of an element that shows it: see [`super::row_times`].
pub const TIME: &str = "data-at";

/// A row to be written.
pub struct RowHtml<'a> {
    pub data: &'a RowData,
    /// Unix seconds.
    pub now: i64,
    /// Whether times are in the user's time zone, else in UTC.
    pub is_local: bool,
    pub is_chosen: bool,
    pub is_admin: bool,
    pub project_key: &'a str,
}

impl RowHtml<'_> {
    /// All cells of the row.
    pub fn cells(&self) -> String {
        let Self { data: RowData { token, users: [created_for, created_by], .. }, now, .. } = *self;
        let mut cells = vec![self.select(), self.name()];
        if self.data.with_login_name {
            cells.push(cell("col-login mono", Some(&token.login_name), &escape(&token.login_name)));
        }
        if self.is_admin {
            let kind = token.kind.label();
            cells.push(format!(r#"<td class="col-type" translate="yes"><span class="badge badge-plain">{kind}</span></td>"#));
            cells.push(user("col-for", created_for, &token.created_for.email));
            cells.push(user("col-by", created_by, &token.created_by.email));
        }
        let made = moment::days_ago(&token.created_on, now);
        cells.extend([
            self.end(),
            self.products(),
            cell("col-created date", made.as_deref(), &escape(&token.created_on)),
            self.used(),
        ]);
        if self.data.with_pulls {
            let pulls = token.usage.pulls.to_string();
            cells.push(cell("col-pulls", Some(&pulls), &pulls));
        }
        cells.extend([self.status(), self.actions()]);
        cells.concat()
    }

    fn select(&self) -> String {
        let (id, name) = self.id_and_name();
        let checked = if self.is_chosen { " checked" } else { "" };
        let control = RowControl::Select;
        let control = control.slug();
        format!(
            r#"<td class="col-select"><input type="checkbox" value="{id}" aria-label="Select {name}" data-control="{control}"{checked}></td>"#
        )
    }

    fn name(&self) -> String {
        let (_, name) = self.id_and_name();
        let page = paths::token(self.project_key, &self.data.token.name);
        let (page, tab_stop) = (escape(&page), tab_stop());
        format!(
            r#"<th class="col-name" scope="row"><a href="{page}" title="{name}" data-control="name"{tab_stop}>{name}</a></th>"#
        )
    }

    /// The id and the name, escaped.
    fn id_and_name(&self) -> (Cow<'_, str>, Cow<'_, str>) {
        (escape(&self.data.token.id), escape(&self.data.token.name))
    }

    /// The end of the subscription. If it is near, the days left follow it; otherwise they are in the title.
    fn end(&self) -> String {
        let token = &self.data.token;
        let day = escape(token.subscription_end.as_deref().unwrap_or("None"));
        let days_left = token.days_to_end();
        let left = days_left.map(moment::in_days);
        match left {
            Some(left) if days_left.is_some_and(|days| days <= EXPIRING_SOON_DAYS) => {
                cell("col-end date", None, &format!(r#"{day} <span class="quiet" translate="yes">{left}</span>"#))
            }
            left => cell("col-end date", left.as_deref(), &day),
        }
    }

    fn used(&self) -> String {
        let Self { data: RowData { token, .. }, now, .. } = self;
        let text = usage_words::last_used(token.usage.last_at, &token.created_on, token.is_unused, *now);
        let time = token.usage.last_at.map(|at| format!(r#" title="{}" {TIME}="{at}""#, moment::utc(at))).unwrap_or_default();
        format!(r#"<td class="col-used date"{time}>{text}</td>"#)
    }

    /// One product key per line, the first two; each with its own end date.
    fn products(&self) -> String {
        let products = &self.data.token.products;
        let list = |products: &[TokenProduct], class| {
            let lines: String = products.iter().map(|product| product_line(product, self.now)).collect();
            format!(r#"<ul class="{class}">{lines}</ul>"#)
        };
        let content = match products.split_at_checked(PRODUCTS_SHOWN) {
            _ if products.is_empty() => r#"<span class="quiet" translate="yes">None</span>"#.to_owned(),
            Some((first, rest @ [_, ..])) => format!(
                r#"{}<details class="more-products" data-popup><summary data-control="products"{}>+{}<span class="hidden"> more products</span></summary>{}</details>"#,
                list(first, "products products-first"),
                tab_stop(),
                rest.len(),
                list(rest, "products"),
            ),
            _ => list(products, "products"),
        };
        cell("col-products", None, &content)
    }

    /// Two short lines. The first is the status badge, with the number of products that Re-sync would add. The second is the
    /// news, most urgent first: why the token is disabled, what makes it work again, and until when two secrets work.
    fn status(&self) -> String {
        let token = &self.data.token;
        let to_add = match token.products_to_add.len() {
            0 => String::new(),
            count => {
                let (keys, word) = (token.products_to_add.join(", "), if count == 1 { "product" } else { "products" });
                let keys = escape(&keys);
                format!(
                    r#"<span class="badge badge-plain to-add" title="{keys}">+{count}<span class="hidden"> {word}</span> to add</span>"#
                )
            }
        };
        let news = status_words::news(token)
            .map(|(short, whole)| format!(r#"<span title="{}">{}</span>"#, escape(&whole), escape(&short)));
        let overlap = token.overlap_until.map(|until| {
            let (text, more) = (local_text(until, self.is_local), format!(r#" {TIME}="{until}""#));
            format!("<span>Two secrets until {}</span>", date_time::to_html(until, &text, &more))
        });
        let mut lines = [news, overlap];
        if matches!(token.status, TokenStatus::Active | TokenStatus::ExpiringSoon) {
            lines.reverse();
        }
        let lines: String = lines.into_iter().flatten().collect();
        let lines = if lines.is_empty() { lines } else { format!(r#"<span class="news">{lines}</span>"#) };
        let badge = status_badge::to_html(token.status);
        format!(r#"<td class="col-status" translate="yes">{badge}{to_add}{lines}</td>"#)
    }

    /// One icon button per action; its name shows on hover and focus and is read by screen readers. On a phone the first control
    /// opens the card.
    fn actions(&self) -> String {
        let token = &self.data.token;
        let end_overlap = token.overlap_until.map(|_| TokenAction::EndOverlap);
        let actions = end_overlap.into_iter().chain(offered(token, self.is_admin));
        let buttons: String = actions.map(|action| self.button(action)).collect();
        let (tab_stop, (_, name)) = (tab_stop(), self.id_and_name());
        let card = format!(
            r#"<details class="more" name="card"><summary data-control="more"{tab_stop} aria-label="More about {name}"></summary></details>"#
        );
        cell("col-actions", None, &(card + &buttons))
    }

    /// The button of an action. Without JavaScript it requests the page with the dialog open, or submits the action at once.
    fn button(&self, action: TokenAction) -> String {
        // Only a page without JavaScript needs the form. A browser would look it up for every button that is added or removed:
        // half of the time that removing a row takes (docs/decisions/0005).
        let form = if is_server() { r#" form="open-dialog""# } else { "" };
        let (slug, verb, (id, name)) = (action.slug(), action.verb(), self.id_and_name());
        let sends = match action {
            TokenAction::EndOverlap if is_server() => {
                let action = paths::token_form(self.project_key, slug);
                format!(r#" formmethod="post" formaction="{}" name="token_id" value="{id}""#, escape(&action))
            }
            _ => format!(r#" name="dialog" value="{slug}-{id}""#),
        };
        format!(
            r#"<button data-control="{}"{form}{}{sends} aria-label="{verb} {name}" title="{}"{}>{}</button>"#,
            RowControl::Action(slug).slug(),
            tab_stop(),
            if self.data.is_closed { CLOSED } else { verb },
            if self.data.is_closed { " disabled" } else { "" },
            icon(action).to_svg(),
        )
    }
}

/// A cell. `title` is text, `content` is HTML.
fn cell(class: &str, title: Option<&str>, content: &str) -> String {
    let title = title.map(|title| format!(r#" title="{}""#, escape(title))).unwrap_or_default();
    format!(r#"<td class="{class}"{title}>{content}</td>"#)
}

/// A user by name, which may be truncated. The `title` has the whole name and the e-mail address.
fn user(class: &str, name: &str, email: &str) -> String {
    let title = if name.contains(email) { name.to_owned() } else { format!("{name} ({email})") };
    cell(class, Some(&title), &format!(r#"<span class="clamp">{}</span>"#, escape(name)))
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
