//! Asynchronous tasks of a page. They are cancelled with the page, because they run under the page's owner and not under that of
//! the button that started them.

use std::{future::Future, pin::Pin};

use leptos::{
    prelude::*,
    reactive::{owner::WeakOwner, spawn_local_scoped_with_cancellation},
};

/// Spawns tasks that are cancelled when the user leaves the page, including their calls to the server.
///
/// Event handlers run under the owner of their element. A task that a dialog's button starts must outlive the dialog.
#[derive(Clone, Copy)]
pub struct PageScope(StoredValue<WeakOwner>);

impl PageScope {
    /// Creates the scope of the calling component, and provides it as a context.
    pub fn provide() -> Self {
        // Weak: a strong owner that is stored below itself would never be dropped.
        let scope = Self(StoredValue::new(Owner::current().unwrap_or_default().downgrade()));
        provide_context(scope);
        scope
    }

    /// Runs a future in the browser until it is done or the page is left.
    pub fn spawn(self, future: impl Future<Output = ()> + 'static) {
        // Boxed, so that the spawning code is compiled once and not once per future.
        self.spawn_boxed(Box::pin(future));
    }

    fn spawn_boxed(self, future: Pin<Box<dyn Future<Output = ()>>>) {
        if let Some(owner) = self.0.try_get_value().and_then(|owner| owner.upgrade()) {
            // Run it under a child owner: the task holds a strong reference to its owner, and would keep the page's owner alive.
            owner.child().with(|| spawn_local_scoped_with_cancellation(future));
        }
    }
}
