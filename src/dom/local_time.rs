//! Moments in the reader's own zone.

use wasm_bindgen::JsValue;

use crate::models::moment;

/// A moment (Unix seconds) as the reader's clocks show it: `2026-11-23 05:12`. The zone is that of the moment `zone_of`: it is
/// another one in summer.
pub fn local(at: i64, zone_of: i64) -> String {
    moment::minute(at + minutes_ahead(zone_of) * 60)
}

/// The name of the reader's zone at a moment.
pub fn zone(at: i64) -> String {
    moment::zone(minutes_ahead(at))
}

/// How many minutes the reader's clocks are ahead of UTC.
fn minutes_ahead(at: i64) -> i64 {
    -(js_sys::Date::new(&JsValue::from_f64(at as f64 * 1000.0)).get_timezone_offset() as i64)
}
