//! The *Filter* popup, with every filter of the list. Without JavaScript its dropdowns are fields of the filters' form.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use crate::{
    components::common::{
        field::{select_option, sync_select},
        popup::track_open,
    },
    models::{facets::SelectOption, filter::SelectFilter, view::View},
};

use super::{
    chips::ChoiceGroups,
    focus::{Focus, FocusTarget},
    token_list::ProjectTokens,
    view::{TokenView, use_set_view},
};

/// The button and its popup.
#[component]
pub fn FilterMenu(is_admin: bool) -> impl IntoView {
    let menu = NodeRef::<html::Details>::new();
    let (is_open, toggled) = track_open(menu);
    let focus: Focus = expect_context();
    focus.on_request(move |target| match target {
        FocusTarget::Filter => menu.try_get_untracked().flatten()?.first_element_child()?.dyn_into().ok(),
        _ => None,
    });
    view! {
        <details class="menu filter-menu" data-popup="" node_ref=menu on:toggle=toggled>
            <summary class="button">"Filter"</summary>
            <div class="menu-panel">
                <ChoiceGroups is_admin />
                <div class="filter-selects">
                    {is_admin.then(|| view! {
                        <SelectFilterField pick=SelectFilter::CreatedFor is_open />
                        <SelectFilterField pick=SelectFilter::CreatedBy is_open />
                    }.into_any())}
                    <SelectFilterField pick=SelectFilter::Product is_open />
                </div>
                // Hidden once hydrated.
                <button class="button search-button" type="submit">"Apply"</button>
            </div>
        </details>
    }
}

/// A dropdown for one of many values, with the number of tokens of each.
#[component]
fn SelectFilterField(pick: SelectFilter, is_open: RwSignal<bool>) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let shown: TokenView = expect_context();
    let set_view = use_set_view(shown);
    let field = NodeRef::<html::Select>::new();
    // A memo, so that other changes of the view do not render the options again.
    let picked = Memo::new(move |_| shown.view.with(|view| view.filter.picked(pick).to_owned()));
    let set_pick = move |value: String| {
        let View { mut filter, sort } = shown.view.get_untracked();
        filter.pick(pick, value);
        set_view(View { filter, sort });
    };
    // Hundreds of users make hundreds of options. While the popup is open they update with the filters; otherwise only when the
    // picked value changes.
    let options = move || {
        let picked = picked.get();
        let read = || tokens.list.with(|list| shown.found.with(|found| found.facets.options(pick, list, &picked)));
        if is_open.get() { read() } else { untrack(read) }
    };
    let follow = move || {
        if is_open.get() {
            shown.found.track();
        }
    };
    sync_select(field, picked.into(), follow, set_pick.clone());
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
                    // Render new options with the current choice as `selected`: they may be added after the field's value was
                    // set.
                    let picked = picked.get_untracked();
                    let option = |SelectOption { value, label, count }: &SelectOption| {
                        select_option(value.clone(), format!("{label} ({count})"), *value == picked)
                    };
                    options().iter().map(option).collect_view()
                }}
            </select>
        </label>
    }
}
