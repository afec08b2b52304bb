//! What is known of a token in a word each.

use leptos::prelude::*;

use crate::{
    components::common::date_time::DateTime,
    models::{
        account::Person,
        moment,
        token::{TokenRow, TokenUsage},
        token_details::TokenDetails,
        usage_words,
    },
};

/// Names and values.
#[component]
pub fn TokenFacts(details: TokenDetails) -> impl IntoView {
    let TokenDetails { token, secret_made, secret_age, now, .. } = details;
    let works = token.obstacles().is_none();
    let TokenRow {
        login_name,
        kind,
        created_for,
        created_by,
        created_on,
        subscription_end,
        days_left,
        overlap_until,
        is_unused,
        usage,
        ..
    } = token;
    let created = moment::days_ago(&created_on, now);
    let age = secret_age.map(|days| match days {
        0 => "today".to_owned(),
        1 => "1 day ago".to_owned(),
        days => format!("{days} days ago"),
    });
    let never = usage.last_at.is_none().then(|| usage_words::last_used(None, &created_on, is_unused, now));
    let former = if works { "Former secret works until" } else { "Former secret kept until" };
    view! {
        <dl class="facts token-facts">
            <div><dt>"Login name"</dt><dd translate="no"><code>{login_name}</code></dd></div>
            <div><dt>"Token Type"</dt><dd>{kind.label()}</dd></div>
            <div><dt>"Created For"</dt><dd><PersonName person=created_for /></dd></div>
            <div><dt>"Created By"</dt><dd><PersonName person=created_by /></dd></div>
            <div><dt>"Created On"</dt><dd><span translate="no">{created_on}</span> <Quiet text=created /></dd></div>
            <div>
                <dt>"Subscription End Date"</dt>
                <dd><span translate="no">{subscription_end.unwrap_or_else(|| "None".to_owned())}</span> <Quiet text=days_left.map(moment::in_days) /></dd>
            </div>
            <div><dt>"Last Used"</dt><dd>{never} <LastUse usage now /></dd></div>
            <div>
                <dt>"Secret made"</dt>
                <dd>
                    {secret_made.is_none().then_some("Unknown")} {secret_made.map(|at| view! { <DateTime at /> })} <Quiet text=age />
                </dd>
            </div>
            {overlap_until.map(|at| view! { <div><dt>{former}</dt><dd><DateTime at /></dd></div> })}
        </dl>
    }
}

#[component]
fn PersonName(person: Person) -> impl IntoView {
    view! { <span translate="no"><bdi>{person.name}</bdi> <span class="fact-more">{person.email}</span></span> }
}

/// When, how long ago, and by what.
#[component]
fn LastUse(usage: TokenUsage, now: i64) -> impl IntoView {
    let client = if usage.last_client.is_empty() { String::new() } else { format!(" ({})", usage.last_client) };
    usage.last_at.map(|at| {
        view! {
            <DateTime at />
            <Quiet text=Some(moment::ago(at, now)) />
            <span class="fact-more" translate="no">{format!("from {}{client}", usage.last_address)}</span>
        }
    })
}

#[component]
fn Quiet(text: Option<String>) -> impl IntoView {
    text.map(|text| view! { " " <span class="quiet">{text}</span> })
}
