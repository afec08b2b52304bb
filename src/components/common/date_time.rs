//! A moment: in UTC from the server, in the reader's own zone once the page has hydrated, with UTC in the title.

use leptos::prelude::*;

use crate::{dom::local_time, models::moment};

use super::hydrated::use_hydrated;

/// The moment (Unix seconds).
#[component]
pub fn DateTime(
    at: i64,
    /// Where [`use_zone`] is said beside it: the moment whose zone that is (Unix seconds).
    #[prop(optional)]
    zone_of: Option<i64>,
    /// What the title adds.
    #[prop(default = String::new())]
    more: String,
) -> impl IntoView {
    let hydrated = use_hydrated();
    let utc = moment::utc(at);
    // `2026-11-23 04:12 UTC` as HTML has it.
    let machine = utc.replace(" UTC", "Z").replace(' ', "T");
    let text = move || match zone_of {
        None => local_text(at, hydrated.get()),
        Some(zone_of) if hydrated.get() => local_time::local(at, zone_of),
        Some(_) => moment::minute(at),
    };
    view! { <time translate="no" datetime=machine title=format!("{utc}{more}")>{text}</time> }
}

/// A moment as text: in UTC as the server says it, or in the reader's own zone.
pub fn local_text(at: i64, is_local: bool) -> String {
    if is_local { local_time::local(at, at) } else { moment::utc(at) }
}

/// The name of the zone in which the page shows moments; `now` is one of them (Unix seconds).
pub fn use_zone(now: i64) -> Signal<String> {
    let hydrated = use_hydrated();
    Signal::derive(move || if hydrated.get() { local_time::zone(now) } else { moment::zone(0) })
}
