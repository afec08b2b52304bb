//! Sign in.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    components::{common::page_heading::PageHeading, layout::navigation::use_form_answer},
    models::form_answer::RefusedSignIn,
    paths,
};

/// A plain form: it works without any script.
#[component]
pub fn SignInPage() -> impl IntoView {
    let wanted = || use_query_map().with_untracked(|query| query.get("next")).unwrap_or_default();
    let (email, next, error) = match use_form_answer().sign_in {
        Some(RefusedSignIn { email, next, error }) => (email, next, Some(error.to_string())),
        None => (String::new(), paths::same_origin_path(&wanted()), None),
    };
    let has_error = error.is_some();
    let described_by = has_error.then_some("sign-in-error");
    view! {
        <div class="sign-in">
            <PageHeading title="Sign in".to_owned()>"Sign in"</PageHeading>
            <p class="quiet">"See and manage the registry tokens of your projects."</p>
            {error.map(|error| view! { <p class="alert" role="alert" id="sign-in-error">{error}</p> })}
            <form method="post" action=paths::SIGN_IN>
                <input type="hidden" name="next" value=next />
                <div class="field">
                    <label for="email">"Email"</label>
                    <input id="email" name="email" type="email" autocomplete="username" required autofocus=!has_error value=email
                        aria-describedby=described_by />
                </div>
                <div class="field">
                    <label for="password">"Password"</label>
                    <input id="password" name="password" type="password" autocomplete="current-password" required autofocus=has_error
                        aria-invalid=has_error.then_some("true") aria-describedby=described_by />
                </div>
                <button class="button button-primary" type="submit">"Sign in"</button>
            </form>
        </div>
    }
}
