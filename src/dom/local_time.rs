//! Moments in the reader's own zone.

use wasm_bindgen::JsValue;

/// A moment (Unix seconds) in the reader's own zone: `2026-11-23 05:12`.
pub fn local(at: i64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(at as f64 * 1000.0));
    let (year, month, day) = (date.get_full_year(), date.get_month() + 1, date.get_date());
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}", date.get_hours(), date.get_minutes())
}
