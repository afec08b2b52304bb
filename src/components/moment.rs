//! A moment, in UTC from the server; a script then says it in the reader's own zone, with UTC in the title.

use leptos::prelude::*;

use crate::models::moment;

/// The moment (Unix seconds).
#[component]
pub fn Moment(at: i64) -> impl IntoView {
    let text = moment::utc(at);
    // `2026-11-23 04:12 UTC` as HTML has it.
    let machine = text.replace(" UTC", "Z").replace(' ', "T");
    view! { <time datetime=machine data-at=at.to_string() title=text.clone()>{text.clone()}</time> }
}
