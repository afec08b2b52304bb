//! Closures of one type.

use std::sync::{Arc, Mutex};

use leptos::tachys::reactive_graph::SharedReactiveFunction;

/// Gives a closure in a view the type that all closures with its result have. Each type of closure brings its own copy
/// of the code that renders it: with this, the browser code has one for texts, one for truth values, and so on.
pub fn shared<T: 'static>(closure: impl FnMut() -> T + Send + 'static) -> SharedReactiveFunction<T> {
    Arc::new(Mutex::new(closure))
}
