//! The heading of a page. It receives the focus after client-side navigation.

use leptos::{html, prelude::*};
use leptos_meta::Title;

use super::navigation::Navigation;

/// The page's `<h1>`. `title` is the document title, which may say more than the heading.
#[component]
pub fn PageHeading<C: IntoView + 'static>(
    title: String,
    #[prop(default = "")] class: &'static str,
    children: TypedChildren<C>,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    use_context::<Navigation>().inspect(|navigation| navigation.arrive(heading));
    view! {
        <Title text=title />
        <h1 class=class tabindex="-1" node_ref=heading>{children.into_inner()()}</h1>
    }
}
