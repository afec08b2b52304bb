//! The toolbar above the table: search, filters, columns and the CSV download. The filters are in the address, so a link
//! reproduces the view. Without JavaScript it is a form.

use leptos::{html, prelude::*};

use crate::{
    components::common::{field::sync_input, notifications::Notifications, text::whole},
    models::secret_text::contains_token_secret,
    paths,
};

use super::{
    chips::StatusChips,
    chosen_filters::ChosenFilters,
    columns_menu::ColumnsMenu,
    filter_menu::FilterMenu,
    focus::{Focus, FocusTarget},
    found_count::FoundCount,
    no_script::FILTERS_FORM,
    token_list::ProjectTokens,
    view::{TokenView, use_set_view},
};

/// The toolbar. The status chips are in it if it is wide enough, else in the popup.
#[component]
pub fn TokenFilters(is_admin: bool) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    view! {
        <form
            id=FILTERS_FORM
            class="filters"
            method="get"
            action=paths::tokens(&tokens.key())
            role="search"
            aria-label="Tokens"
            on:submit=|event| event.prevent_default()
        >
            // The button is hidden once hydrated, and the field takes its space, so nothing else moves.
            <div class="search-line">
                <SearchField />
                <button class="button search-button" type="submit">"Search"</button>
            </div>
            <FilterMenu is_admin />
            <div class="status-chips"><StatusChips /></div>
            <ChosenFilters />
            <div class="filters-end">
                <FoundCount />
                <ColumnsMenu is_admin />
                <CsvLink />
            </div>
        </form>
    }
}

/// The link that downloads the tokens of the view as CSV.
#[component]
fn CsvLink() -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let TokenView { view, shown, .. } = expect_context();
    let href = Signal::derive(move || paths::tokens_csv(&tokens.key(), &view.get().to_query()));
    let words = whole(move || format!("Download {} as ", shown.get()));
    view! {
        <a class="button button-quiet csv" href=href rel="external">
            <span class="csv-words" inner_html=words></span>
            "CSV"
        </a>
    }
}

/// The notification when a token secret is typed or pasted into the search.
const SECRET_IN_SEARCH: &str = "This is a token secret: it is not searched for. Test this token, on its page, checks it.";

#[component]
fn SearchField() -> impl IntoView {
    let shown: TokenView = expect_context();
    let set_view = use_set_view(shown);
    let field = NodeRef::<html::Input>::new();
    let notifications: Notifications = expect_context();
    // What is typed, while it contains a token secret. It stays in the field: if the field were cleared, the rest of a secret that
    // is typed letter by letter would be searched for.
    let secret = RwSignal::new(String::new());
    let search = move |typed: String| {
        // A search is in the page's address, where a secret must never be.
        let is_secret = contains_token_secret(&typed);
        if is_secret && secret.with_untracked(String::is_empty) {
            notifications.notify(SECRET_IN_SEARCH);
        }
        let (search, hidden) = if is_secret { ("", typed.as_str()) } else { (typed.trim(), "") };
        secret.set(hidden.to_owned());
        let mut view = shown.view.get_untracked();
        search.clone_into(&mut view.filter.search);
        set_view(view);
    };
    let searched = Signal::derive(move || {
        let secret = secret.get();
        if secret.is_empty() { shown.view.get().filter.search } else { secret }
    });
    sync_input(field, searched, search.clone());
    let focus: Focus = expect_context();
    focus.on_request(move |target| match target {
        FocusTarget::Search => field.try_get_untracked().flatten().map(Into::into),
        _ => None,
    });
    view! {
        <input
            class="search"
            type="search"
            name="q"
            aria-label="Search tokens"
            placeholder="Search by name or e-mail"
            autocomplete="off"
            value=searched.get_untracked()
            node_ref=field
            on:input=move |event| search(event_target_value(&event))
        />
    }
}
