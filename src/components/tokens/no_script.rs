//! What only a page without a script needs: the list in pages, and the forms that its buttons belong to.

use leptos::prelude::*;

use crate::models::view::View;

/// The id of the filters' form; the view's other fields belong to it by this.
pub const FILTERS_FORM: &str = "tokens-filters";
/// The id of the form that brings the page back with a dialog open.
pub const DIALOG_FORM: &str = "open-dialog";

/// The rows' buttons submit a form that brings the page back with the dialog open, and a search keeps what else narrows the
/// list.
#[component]
pub fn WithoutScript(address: String, view: View, page: u32) -> impl IntoView {
    let hidden = |form: &'static str, but: &'static str| {
        let pairs = view.to_pairs().into_iter().filter(move |(name, _)| *name != but);
        // The dropdowns send themselves.
        let pairs = pairs.filter(move |(name, _)| form != FILTERS_FORM || !["by", "for", "product"].contains(name));
        pairs.map(move |(name, value)| view! { <input type="hidden" form=form name=name value=value /> }).collect_view()
    };
    view! {
        <form id=DIALOG_FORM method="get" action=address>
            {(page > 1).then(|| view! { <input type="hidden" name="page" value=page.to_string() /> })}
        </form>
        {hidden(DIALOG_FORM, "")}
        {hidden(FILTERS_FORM, "q")}
    }
}

/// The list in pages, where no script shows it whole.
#[component]
pub fn Pages(address: String, view: View, page: u32, pages: u32) -> impl IntoView {
    let link = |to: u32, words: &'static str| {
        let mut pairs = view.to_pairs();
        pairs.push(("page", to.to_string()));
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        view! { <a href=format!("{address}?{query}")>{words}</a> }
    };
    (pages > 1).then(|| {
        view! {
            <nav class="pages" aria-label="Pages">
                {(page > 1).then(|| link(page - 1, "Previous"))}
                <span>{format!("Page {page} of {pages}")}</span>
                {(page < pages).then(|| link(page + 1, "Next"))}
            </nav>
        }
    })
}
