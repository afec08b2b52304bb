//! What only a page without JavaScript needs: pagination, and the forms that its buttons belong to. It is HTML text that only the
//! server writes; hydration leaves it untouched.

use std::fmt::Write;

use html_escape::encode_double_quoted_attribute as escape;
use leptos::prelude::*;

use crate::models::{page_query::PageQuery, view::View};

/// The id of the filters' form. The view's other fields refer to it.
pub const FILTERS_FORM: &str = "tokens-filters";
/// The id of the form that requests the page with a dialog open.
pub const DIALOG_FORM: &str = "open-dialog";

/// The no-JavaScript fallback: the rows' buttons submit a form that requests the page with the dialog open, a search keeps the
/// other filters, and the list is paginated.
#[component]
pub fn WithoutScript(address: String, view: View, page: u32, pages: u32) -> impl IntoView {
    let html = if cfg!(feature = "ssr") { text(&address, view, page, pages) } else { String::new() };
    view! { <div class="without-script" inner_html=html></div> }
}

fn text(address: &str, view: View, page: u32, pages: u32) -> String {
    let mut html = format!(r#"<form id="{DIALOG_FORM}" method="get" action="{}">"#, escape(address));
    if page > 1 {
        let _ = write!(html, r#"<input type="hidden" name="page" value="{page}">"#);
    }
    html.push_str("</form>");
    for (name, value) in view.to_pairs() {
        // The filters' form has its own fields for these.
        let forms = if ["q", "by", "for", "product"].contains(&name) { &[DIALOG_FORM][..] } else { &[DIALOG_FORM, FILTERS_FORM] };
        for form in forms {
            let _ = write!(html, r#"<input type="hidden" form="{form}" name="{name}" value="{}">"#, escape(&value));
        }
    }
    if pages > 1 {
        let link = |to: u32, words: &str| {
            let query = PageQuery { view: view.clone(), page: to, dialog: None, done: None }.to_query();
            format!(r#"<a href="{}">{words}</a>"#, escape(&format!("{address}?{query}")))
        };
        let previous = if page > 1 { link(page - 1, "Previous") } else { String::new() };
        let next = if page < pages { link(page + 1, "Next") } else { String::new() };
        let _ =
            write!(html, r#"<nav class="pages" aria-label="Pages">{previous}<span>Page {page} of {pages}</span>{next}</nav>"#);
    }
    html
}
