//! Timestamps in the user's time zone.

use wasm_bindgen::JsValue;

use crate::models::moment;

/// Formats a timestamp (Unix seconds) in the user's time zone: `2026-11-23 05:12`. The UTC offset is that of the timestamp
/// `zone_of`, because it differs between summer and winter.
pub fn local(at: i64, zone_of: i64) -> String {
    moment::minute(at + minutes_ahead(zone_of) * 60)
}

/// The name of the user's time zone at a timestamp (Unix seconds).
pub fn zone(at: i64) -> String {
    moment::zone(minutes_ahead(at))
}

/// The UTC offset of the user's time zone in minutes, positive east of UTC.
fn minutes_ahead(at: i64) -> i64 {
    -(js_sys::Date::new(&JsValue::from_f64(at as f64 * 1000.0)).get_timezone_offset() as i64)
}
