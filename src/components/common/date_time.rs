//! A moment: in UTC from the server, in the reader's own zone once the page has hydrated, with UTC in the title.

use leptos::prelude::*;

use crate::{dom::local_time, models::moment};

/// The moment (Unix seconds).
#[component]
pub fn DateTime(at: i64) -> impl IntoView {
    let utc = moment::utc(at);
    // `2026-11-23 04:12 UTC` as HTML has it.
    let machine = utc.replace(" UTC", "Z").replace(' ', "T");
    let text = local_text(at);
    view! { <time datetime=machine title=utc>{text}</time> }
}

/// The text of a moment: as the server renders it first, so that the page hydrates, then in the reader's own zone.
pub fn local_text(at: i64) -> RwSignal<String> {
    let text = RwSignal::new(moment::utc(at));
    Effect::new(move |_| text.set(local_time::local(at)));
    text
}
