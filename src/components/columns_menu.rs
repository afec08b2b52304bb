//! Which columns are shown, and whether rows have two lines. Remembered in a cookie, so that the server renders them so.

use leptos::{ev, prelude::*};
use maud::html;
use wasm_bindgen::JsCast;

use crate::{browser, models::sort::Column};

use super::tokens::Tokens;

/// The cookie: slugs with dots between.
pub const COOKIE: &str = "columns";
const ID: &str = "columns-menu";
/// Stands among the slugs where rows have one line.
const SECOND_LINES: &str = "second-lines";

/// The slugs of a cookie's value as the page has them, with blanks between; what is no column is left out.
pub fn read_cookie(value: &str) -> String {
    value
        .split('.')
        .filter(|slug| *slug == SECOND_LINES || Column::parse(slug).is_some_and(can_hide))
        .collect::<Vec<_>>()
        .join(" ")
}

fn can_hide(column: Column) -> bool {
    column != Column::Name
}

/// A box to tick for each column but the name.
#[component]
pub fn ColumnsMenu() -> impl IntoView {
    let tokens: Tokens = expect_context();
    let is_admin = tokens.project.with_untracked(|project| project.is_admin());
    let columns = Column::ALL.into_iter().filter(|column| can_hide(*column) && (is_admin || !column.is_for_admins()));
    let hidden = tokens.hidden_columns.get_untracked();
    let is_shown = |slug: &str| hidden.split(' ').all(|hidden| hidden != slug);
    let boxes = html! {
        legend.hidden { "Columns shown" }
        @for column in columns {
            label {
                input type="checkbox" value=(column.slug()) checked[is_shown(column.slug())];
                (column.label())
            }
        }
        label.second-lines {
            input type="checkbox" value=(SECOND_LINES) checked[is_shown(SECOND_LINES)];
            "Two lines a row"
        }
    };
    view! {
        <details id=ID class="columns-menu">
            <summary class="button button-quiet">"Columns"</summary>
            <fieldset class="columns-list" inner_html=boxes.into_string()></fieldset>
        </details>
    }
}

/// Answers to its boxes, and closes it when it is left.
pub fn answer(tokens: Tokens) {
    browser::on(ID, "change", move |event| {
        let Some((slug, is_shown)) = browser::ticked(event) else { return };
        let hidden = tokens.hidden_columns.get_untracked();
        let mut hide: Vec<&str> = hidden.split_whitespace().filter(|other| *other != slug).collect();
        hide.extend((!is_shown).then_some(slug.as_str()));
        browser::remember(COOKIE, &hide.join("."));
        tokens.hidden_columns.set(hide.join(" "));
    });
    browser::on(ID, "keydown", |event| {
        if let Some(event) = event.dyn_ref() {
            browser::close_on_escape(event);
        }
    });
    browser::on(ID, "focusout", |event| {
        let to = event.dyn_ref::<web_sys::FocusEvent>().and_then(web_sys::FocusEvent::related_target);
        close_unless_in(to);
    });
    // It lives as long as the page.
    let _ = window_event_listener(ev::click, |event| close_unless_in(event.target()));
}

/// Closes it when somebody goes elsewhere.
fn close_unless_in(target: Option<web_sys::EventTarget>) {
    if let Some(menu) = browser::element(ID).filter(|menu| browser::is_outside(menu, target)) {
        let _ = menu.remove_attribute("open");
    }
}

#[cfg(test)]
mod tests {
    use super::read_cookie;

    #[test]
    fn a_cookie_names_columns_and_nothing_else() {
        assert_eq!(read_cookie("type.by.name.second-lines.odd\"><b"), "type by second-lines");
        assert_eq!(read_cookie(""), "");
    }
}
