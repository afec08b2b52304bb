//! The properties of a token, in a short list.

use leptos::prelude::*;

use crate::{
    components::common::date_time::{DateTime, use_zone},
    models::{
        account::UserRef,
        moment,
        token::{TokenRow, TokenUsage},
        token_details::TokenDetails,
        usage_words,
    },
};

/// A list of names and values, and the time zone of the times in it.
#[component]
pub fn TokenFacts(details: TokenDetails) -> impl IntoView {
    let TokenDetails { token, secret_made, now, .. } = details;
    let (works, days_left) = (token.obstacles().is_none(), token.days_to_end());
    let TokenRow { kind, created_for, created_by, created_on, subscription_end, overlap_until, is_unused, usage, .. } = token;
    let created = moment::days_ago(&created_on, now);
    let never = usage.last_at.is_none().then(|| usage_words::last_used(None, &created_on, is_unused, now));
    let former = if works { "Former secret works until" } else { "Former secret kept until" };
    view! {
        <dl class="facts token-facts">
            <div><dt>"Token Type"</dt><dd>{kind.label()}</dd></div>
            <div><dt>"Created For"</dt><dd><UserName user=created_for /></dd></div>
            <div><dt>"Created By"</dt><dd><UserName user=created_by /></dd></div>
            <div><dt>"Created On"</dt><dd title=created translate="no">{created_on}</dd></div>
            <div>
                <dt>"Subscription End Date"</dt>
                <dd title=days_left.map(moment::in_days) translate="no">{subscription_end.unwrap_or_else(|| "None".to_owned())}</dd>
            </div>
            <div><dt>"Last Used"</dt><dd>{never} <LastUse usage now /></dd></div>
            <div>
                <dt>"Secret made"</dt>
                <dd>{secret_made.is_none().then_some("Unknown")} {secret_made.map(|at| view! { <Past at now /> }.into_any())}</dd>
            </div>
            {overlap_until.map(|at| view! { <div><dt>{former}</dt><dd><DateTime at zone_of=now /></dd></div> }.into_any())}
        </dl>
        <p class="quiet zone">"Days are in UTC, times in " {use_zone(now)} "."</p>
    }
}

#[component]
fn UserName(user: UserRef) -> impl IntoView {
    view! { <span translate="no"><bdi>{user.name}</bdi> <span class="fact-more">{user.email}</span></span> }
}

/// The time, address and client of the last use.
#[component]
fn LastUse(usage: TokenUsage, now: i64) -> impl IntoView {
    let client = if usage.last_client.is_empty() { String::new() } else { format!(" ({})", usage.last_client) };
    usage.last_at.map(|at| {
        view! {
            <Past at now />
            <span class="fact-more" translate="no">{format!("from {}{client}", usage.last_address)}</span>
        }
        .into_any()
    })
}

/// A past timestamp; the `title` adds how long ago it was.
#[component]
fn Past(at: i64, now: i64) -> impl IntoView {
    view! { <DateTime at zone_of=now more=format!(", {}", moment::elapsed(at, now)) /> }
}
