//! Sign in.

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

/// A plain form: it works without any script.
#[component]
pub fn SignInPage() -> impl IntoView {
    let wanted = || use_query_map().with_untracked(|query| query.get("next")).unwrap_or_default();
    let (email, next, error) = match use_form_answer().sign_in {
        Some(RefusedSignIn { email, next, error }) => (email, next, Some(error)),
        None => (String::new(), paths::same_origin_path(&wanted()), None),
    };
    let has_error = error.is_some();
    let described_by = has_error.then_some("sign-in-error");
    // Where no cookie came back nobody looked at the password.
    let is_invalid = error.as_ref().is_some_and(|error| !matches!(error, AppError::Forbidden(_)));
    let wanted = next.clone();
    view! {
        <div class="sign-in">
            <PageHeading title="Sign in".to_owned()>"Sign in"</PageHeading>
            <p class="quiet">"See and manage the registry tokens of your projects."</p>
            <OtherAddress wanted />
            {error.map(|error| view! { <p class="alert" role="alert" id="sign-in-error">{error.to_string()}</p> })}
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

/// Where the portal was opened at another address than the configured one: that one, with the same page to go on to. The server
/// knows it of the request as far as a proxy tells it, the browser surely.
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
