//! Which columns are shown. Remembered in a cookie, so that the server renders them so.

use leptos::{ev, html, prelude::*};

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
    let is_hidden = move |column: Column| hidden.with(|hidden| hidden.split(' ').any(|slug| slug == column.slug()));
    let toggle = move |column: Column, show: bool| {
        let others = hidden.with_untracked(|hidden| {
            hidden.split(' ').filter(|slug| !slug.is_empty() && *slug != column.slug()).map(str::to_owned).collect::<Vec<_>>()
        });
        let hide = others.into_iter().chain((!show).then(|| column.slug().to_owned())).collect::<Vec<_>>();
        browser::remember(COOKIE, &hide.join("."));
        hidden.set(hide.join(" "));
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
            <fieldset class="columns-list">
                <legend class="hidden">"Columns shown"</legend>
                {columns.map(|column| view! {
                    <label>
                        <input
                            type="checkbox"
                            checked=!is_hidden(column)
                            on:change=move |event| toggle(column, event_target_checked(&event))
                        />
                        {column.label()}
                    </label>
                }).collect_view()}
            </fieldset>
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
