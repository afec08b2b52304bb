//! Search and filters. They stand in the address, so a link reproduces the view; without a script they are a form.

use leptos::{html, prelude::*};

use crate::{
    components::common::{
        field::{select_option, sync_input, sync_select},
        text::whole,
    },
    models::{facets::PickOption, filter::Pick, view::View},
    paths,
};

use super::{
    chips::Chips,
    columns_menu::ColumnsMenu,
    focus::{Focus, FocusTarget},
    no_script::FILTERS_FORM,
    token_list::ProjectTokens,
    view::{TokenView, use_set_view},
};

/// Said while it is not known yet what the view shows.
pub const LOADING: &str = "Reading the list…";

/// The search field, the chips and the dropdowns.
#[component]
pub fn TokenFilters(is_admin: bool) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let shown: TokenView = expect_context();
    // `is_loading` first, as the others are made from it: see `RowWindow::positions`.
    let found = move || match (shown.is_loading.get(), shown.shown.get(), tokens.facets.with(|facets| facets.all as usize)) {
        (true, ..) => LOADING.to_owned(),
        (_, 1, 1) => "1 token".to_owned(),
        (_, shown, all) if shown == all => format!("{all} tokens"),
        (_, shown, all) => format!("{shown} of {all} tokens"),
    };
    let is_all_shown = move || shown.view.with(|view| view.filter.is_empty());
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
            // The button goes where a script answers, and the field takes its place: nothing else moves.
            <div class="search-line">
                <SearchField />
                <button class="button search-button" type="submit">"Search"</button>
            </div>
            <div class="filter-selects">
                {is_admin.then(|| view! { <PickField pick=Pick::CreatedBy /> <PickField pick=Pick::CreatedFor /> })}
                <PickField pick=Pick::Product />
            </div>
            <Chips is_admin />
            <span class="found" role="status" inner_html=whole(found)></span>
            // It keeps its place while there is nothing to clear: the table never moves for it.
            <span class:is-idle=is_all_shown><ClearFilters /></span>
            <ColumnsMenu is_admin />
        </form>
    }
}

/// Shows everything again, in the same order.
#[component]
pub fn ClearFilters() -> impl IntoView {
    let shown: TokenView = expect_context();
    let focus: Focus = expect_context();
    view! {
        <a
            class="button button-quiet clear-filters"
            href=move || shown.clear_href()
            data-noscroll=""
            on:click=move |_| focus.request(FocusTarget::Search)
        >
            "Clear filters"
        </a>
    }
}

#[component]
fn SearchField() -> impl IntoView {
    let shown: TokenView = expect_context();
    let set_view = use_set_view(shown);
    let field = NodeRef::<html::Input>::new();
    let search = move |typed: String| {
        let mut view = shown.view.get_untracked();
        typed.trim().clone_into(&mut view.filter.search);
        set_view(view);
    };
    let searched = Signal::derive(move || shown.view.with(|view| view.filter.search.clone()));
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

/// One of many, with the number of tokens each holds.
#[component]
fn PickField(pick: Pick) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let shown: TokenView = expect_context();
    let set_view = use_set_view(shown);
    let field = NodeRef::<html::Select>::new();
    let picked = Signal::derive(move || shown.view.with(|view| view.filter.picked(pick).to_owned()));
    let set_pick = move |value: String| {
        let View { mut filter, sort } = shown.view.get_untracked();
        filter.pick(pick, value);
        set_view(View { filter, sort });
    };
    sync_select(field, picked, move || tokens.facets.track(), set_pick.clone());
    let first = picked.get_untracked();
    view! {
        <label class="filter-select">
            <span>{pick.label()}</span>
            <select
                name=pick.param()
                autocomplete="off"
                translate="no"
                node_ref=field
                on:change=move |event| set_pick(event_target_value(&event))
            >
                <option value="">"Any"</option>
                {move || {
                    let option = |PickOption { value, label, count }: &PickOption| {
                        select_option(value.clone(), format!("{label} ({count})"), *value == first)
                    };
                    tokens.facets.with(|facets| facets.options(pick).iter().map(option).collect_view())
                }}
            </select>
        </label>
    }
}
