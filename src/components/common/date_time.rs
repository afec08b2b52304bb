//! A moment: in UTC from the server, in the reader's own zone once the page has hydrated, with UTC in the title.

use leptos::prelude::*;

use crate::{dom::local_time, models::moment};

use super::hydrated::use_hydrated;

/// The moment (Unix seconds).
#[component]
pub fn DateTime(at: i64) -> impl IntoView {
    let hydrated = use_hydrated();
    let utc = moment::utc(at);
    // `2026-11-23 04:12 UTC` as HTML has it.
    let machine = utc.replace(" UTC", "Z").replace(' ', "T");
    view! { <time datetime=machine title=utc translate="no">{move || local_text(at, hydrated.get())}</time> }
}

/// A moment as text: in UTC as the server says it, or in the reader's own zone.
pub fn local_text(at: i64, is_local: bool) -> String {
    if is_local { local_time::local(at) } else { moment::utc(at) }
}
