//! Work of a page that takes time. It ends with the page: its owner is the page's, not the button's that began it.

use std::{future::Future, pin::Pin};

use leptos::{
    prelude::*,
    reactive::{owner::WeakOwner, spawn_local_scoped_with_cancellation},
};

/// Starts work that leaving the page cancels, its calls to the server included.
///
/// Event handlers run under the owner of their element. What a dialog's button starts has to outlive the dialog.
#[derive(Clone, Copy)]
pub struct PageScope(StoredValue<WeakOwner>);

impl PageScope {
    /// The scope of the component that calls this; it provides it as a context.
    pub fn provide() -> Self {
        // Weak: a strong owner that is stored below itself would never be dropped.
        let scope = Self(StoredValue::new(Owner::current().unwrap_or_default().downgrade()));
        provide_context(scope);
        scope
    }

    /// Runs a future in the browser until it is done or the page is left.
    pub fn spawn(self, future: impl Future<Output = ()> + 'static) {
        // Boxed, so that the code around it is there once and not once for each future.
        self.spawn_boxed(Box::pin(future));
    }

    fn spawn_boxed(self, future: Pin<Box<dyn Future<Output = ()>>>) {
        if let Some(owner) = self.0.try_get_value().and_then(|owner| owner.upgrade()) {
            // The task holds the owner that it runs under: the page's own would not end before the task does.
            owner.child().with(|| spawn_local_scoped_with_cancellation(future));
        }
    }
}
