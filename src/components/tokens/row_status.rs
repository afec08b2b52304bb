//! The status of a row, and what is to be done about it.

use leptos::{ev, prelude::*};

use crate::{
    api::tokens::end_overlap,
    components::common::{date_time::DateTime, notifications::Notifications, scope::PageScope, status_badge::StatusBadge},
    models::{change_words::OVERLAP_ENDED, moment, status_words, token::TokenRow},
    paths,
};

use super::{
    focus::{Focus, FocusTarget, RowControl},
    token_list::ProjectTokens,
};

/// The status by shape, colour and word; why it is disabled, or what makes it work again; what Re-sync would add.
#[component]
pub fn Status(token: TokenRow, is_closed: bool, project_key: String) -> impl IntoView {
    let to_add = match token.to_add.len() {
        0 => None,
        1 => Some("1 product to add".to_owned()),
        many => Some(format!("{many} products to add")),
    };
    let keys = token.to_add.join(", ");
    let reason = status_words::why_disabled(&token).or_else(|| status_words::remedy(&token));
    let TokenRow { id, name, status, overlap_until, .. } = token;
    view! {
        <StatusBadge status />
        {overlap_until.map(|until| view! { <EndOverlap id name until is_closed project_key /> })}
        {reason.map(|reason| view! { <span class="status-reason" title=reason.clone()>{reason.clone()}</span> })}
        {to_add.map(|text| view! { <span class="to-add" title=keys>{text}</span> })}
    }
}

/// Two secrets work, until when, and the end of it in one click.
#[component]
fn EndOverlap(id: String, name: String, until: i64, is_closed: bool, project_key: String) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let scope: PageScope = expect_context();
    let notifications: Notifications = expect_context();
    let focus: Focus = expect_context();
    // A second click would be refused, and that said over what the first one did.
    let is_loading = RwSignal::new(false);
    let token_id = id.clone();
    let end = move |event: ev::SubmitEvent| {
        event.prevent_default();
        is_loading.set(true);
        let id = id.clone();
        scope.spawn(async move {
            match end_overlap(tokens.key(), id.clone()).await {
                Ok(()) => notifications.notify(OVERLAP_ENDED),
                Err(error) => notifications.notify_error(&error, None),
            }
            is_loading.try_set(false);
            focus.request(FocusTarget::Row { ids: vec![id], control: RowControl::Action("regenerate") });
            tokens.refresh();
        });
    };
    view! {
        <form class="overlap" method="post" action=paths::token_form(&project_key, "end-overlap") on:submit=end>
            <input type="hidden" name="token_id" value=token_id />
            <span title=moment::utc(until)>"Two secrets until " <DateTime at=until /></span>
            <button
                class="button button-quiet"
                type="submit"
                data-control="end-overlap"
                aria-label=format!("End overlap now: {name}")
                disabled=move || is_closed || is_loading.get()
            >
                "End overlap now"
            </button>
        </form>
    }
}
