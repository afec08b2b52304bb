//! Which columns are shown. Remembered in a cookie, so that the server renders them so.

use leptos::{ev, html, prelude::*};
use maud::html;

use crate::{browser, models::sort::Column};

use super::tokens::Tokens;

/// The cookie: slugs with dots between.
pub const COOKIE: &str = "columns";

/// The slugs of a cookie's value as the page has them, with blanks between; what is no column is left out.
pub fn read_cookie(value: &str) -> String {
    value.split('.').filter(|slug| Column::parse(slug).is_some_and(can_hide)).collect::<Vec<_>>().join(" ")
}

fn can_hide(column: Column) -> bool {
    column != Column::Name
}

/// A box to tick for each column but the name.
#[component]
pub fn ColumnsMenu() -> impl IntoView {
    let tokens: Tokens = expect_context();
    let hidden = tokens.hidden_columns;
    let is_admin = tokens.project.with_untracked(|project| project.is_admin());
    let columns = Column::ALL.into_iter().filter(|column| can_hide(*column) && (is_admin || !column.is_for_admins()));
    let is_hidden = move |column: Column| hidden.with_untracked(|hidden| hidden.split(' ').any(|slug| slug == column.slug()));
    let toggle = move |event: ev::Event| {
        let Some((slug, is_shown)) = browser::ticked(&event) else { return };
        let mut hide =
            hidden.get_untracked().split_whitespace().filter(|other| *other != slug).map(str::to_owned).collect::<Vec<_>>();
        hide.extend((!is_shown).then_some(slug));
        browser::remember(COOKIE, &hide.join("."));
        hidden.set(hide.join(" "));
    };
    let boxes = html! {
        legend.hidden { "Columns shown" }
        @for column in columns {
            label { input type="checkbox" value=(column.slug()) checked[!is_hidden(column)]; (column.label()) }
        }
    };
    let menu = NodeRef::<html::Details>::new();
    let leave = move |target| {
        if let Some(menu) = menu.get_untracked().filter(|menu| browser::is_outside(menu, target)) {
            menu.set_open(false);
        }
    };
    let clicked = window_event_listener(ev::click, move |event| leave(event.target()));
    on_cleanup(move || clicked.remove());
    view! {
        <details
            node_ref=menu
            class="columns-menu"
            on:keydown=|event| browser::close_on_escape(&event)
            on:focusout=move |event| leave(event.related_target())
        >
            <summary class="button button-quiet">"Columns"</summary>
            <fieldset class="columns-list" on:change=toggle inner_html=boxes.into_string()></fieldset>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::read_cookie;

    #[test]
    fn a_cookie_names_columns_and_nothing_else() {
        assert_eq!(read_cookie("type.by.name.odd\"><b"), "type by");
        assert_eq!(read_cookie(""), "");
    }
}
