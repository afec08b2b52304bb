//! The browser's own `<dialog>`.

use web_sys::HtmlDialogElement;

/// Opens a dialog over the page. One that the server rendered open is opened anew, so that the page behind it is inert.
pub fn show_modal(dialog: &HtmlDialogElement) {
    if dialog.open() {
        dialog.set_open(false);
    }
    let _ = dialog.show_modal();
}
