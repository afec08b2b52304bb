//! The native `<dialog>` element.

use web_sys::HtmlDialogElement;

/// Opens a dialog as a modal. A dialog that the server rendered open is closed and opened again, so that the page behind it
/// becomes inert.
pub fn show_modal(dialog: &HtmlDialogElement) {
    if dialog.open() {
        dialog.set_open(false);
    }
    let _ = dialog.show_modal();
}
