//! The sign-in page.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    components::{
        common::{help_line::HelpLine, hydrated::use_hydrated},
        layout::navigation::use_form_answer,
        layout::page_heading::PageHeading,
    },
    dom,
    error::AppError,
    models::{form_answer::RefusedSignIn, portal::Portal},
    paths,
};

/// A plain HTML form, which works without JavaScript.
#[component]
pub fn SignInPage() -> impl IntoView {
    let wanted = || use_query_map().with_untracked(|query| query.get("next")).unwrap_or_default();
    let (email, next, error) = match use_form_answer().sign_in {
        Some(RefusedSignIn { email, next, error }) => (email, next, Some(error)),
        None => (String::new(), paths::same_origin_path(&wanted()), None),
    };
    let has_error = error.is_some();
    let described_by = has_error.then_some("sign-in-error");
    // `Forbidden` means that no cookie came back; the password was not checked.
    let is_invalid = error.as_ref().is_some_and(|error| !matches!(error, AppError::Forbidden(_)));
    let wanted = next.clone();
    view! {
        <div class="sign-in">
            <PageHeading title="Sign in".to_owned()>"Sign in"</PageHeading>
            <p class="quiet">"See and manage the registry tokens of your projects."</p>
            <OtherAddress wanted />
            {error.map(|error| view! { <p class="alert" role="alert" id="sign-in-error">{error.to_string()}</p> }.into_any())}
            <form method="post" action=paths::SIGN_IN>
                <input type="hidden" name="next" value=next />
                <input type="hidden" name="check" value="1" />
                <div class="field">
                    <label for="email">"Email"</label>
                    <input id="email" name="email" type="email" autocomplete="username" required autofocus=!has_error value=email
                        aria-describedby=described_by />
                </div>
                <div class="field">
                    <label for="password">"Password"</label>
                    <input id="password" name="password" type="password" autocomplete="current-password" required autofocus=has_error
                        aria-invalid=is_invalid.then_some("true") aria-describedby=described_by />
                </div>
                <button class="button button-primary" type="submit">"Sign in"</button>
            </form>
            <HelpLine />
        </div>
    }
}

/// A link to the portal's configured address with the same target page, shown if the portal was opened at another address. The
/// server learns the opened address only from the request, as far as a proxy forwards it; the browser always knows it.
#[component]
fn OtherAddress(wanted: String) -> impl IntoView {
    let Portal { address, is_elsewhere, .. } = use_context().unwrap_or_default();
    let hydrated = use_hydrated();
    address.map(|address| {
        let href = format!("{address}{}", paths::sign_in_to(if wanted.is_empty() { paths::HOME } else { &wanted }));
        let configured = address.clone();
        let is_hidden = move || {
            !if hydrated.get() { paths::is_other_address(&configured, &dom::location::origin()) } else { is_elsewhere }
        };
        view! {
            <p class="alert" role="status" hidden=is_hidden>
                "This is not the portal's address: signing in may fail here. Use " <a href=href rel="external">{address}</a> "."
            </p>
        }
    })
}
