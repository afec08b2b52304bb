//! A timestamp: server-rendered in UTC, shown in the user's time zone once the page has hydrated, with UTC in the `title`.

use leptos::prelude::*;

use crate::{dom::local_time, models::moment};

use super::hydrated::use_hydrated;

/// Renders a timestamp (Unix seconds).
#[component]
pub fn DateTime(
    at: i64,
    /// Set it where [`use_zone`] shows the time zone nearby: the timestamp whose zone is used (Unix seconds).
    #[prop(optional)]
    zone_of: Option<i64>,
    /// Text to append to the `title`.
    #[prop(default = String::new())]
    more: String,
) -> impl IntoView {
    let hydrated = use_hydrated();
    let utc = moment::utc(at);
    let text = Signal::derive(move || match zone_of {
        None => local_text(at, hydrated.get()),
        Some(zone_of) if hydrated.get() => local_time::local(at, zone_of),
        Some(_) => moment::minute(at),
    });
    view! { <time translate="no" datetime=machine_readable(&utc) title=format!("{utc}{more}")>{text}</time> }
}

/// A timestamp (Unix seconds) as HTML text. `text` is what [`local_text`] returns for it, `more` further attributes; neither is
/// escaped.
pub fn to_html(at: i64, text: &str, more: &str) -> String {
    let utc = moment::utc(at);
    format!(r#"<time translate="no" datetime="{}" title="{utc}"{more}>{text}</time>"#, machine_readable(&utc))
}

/// The format of the `datetime` attribute: `2026-11-23T04:12Z`.
fn machine_readable(utc: &str) -> String {
    utc.replace(" UTC", "Z").replace(' ', "T")
}

/// Formats a timestamp (Unix seconds): in the user's time zone if `is_local`, else in UTC.
pub fn local_text(at: i64, is_local: bool) -> String {
    if is_local { local_time::local(at, at) } else { moment::utc(at) }
}

/// The name of the time zone in which the page shows timestamps. `now` selects summer or winter time (Unix seconds).
pub fn use_zone(now: i64) -> Signal<String> {
    let hydrated = use_hydrated();
    Signal::derive(move || if hydrated.get() { local_time::zone(now) } else { moment::zone(0) })
}
