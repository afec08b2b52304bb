//! Sign in.

use leptos::prelude::*;

/// What the form shows.
#[derive(Clone, Debug, Default)]
pub struct SignInForm {
    pub email: String,
    /// Where to go on to.
    pub next: String,
    pub error: Option<String>,
}

/// A plain form: it works without any script.
#[component]
pub fn SignInPage(form: SignInForm) -> impl IntoView {
    let has_error = form.error.is_some();
    view! {
        <div class="sign-in">
            <h1>"Sign in"</h1>
            <p class="quiet">"See and manage the registry tokens of your projects."</p>
            {form.error.map(|error| view! { <p class="alert" role="alert" id="sign-in-error">{error}</p> })}
            <form method="post" action="/sign-in">
                <input type="hidden" name="next" value=form.next />
                <div class="field">
                    <label for="email">"Email"</label>
                    <input id="email" name="email" type="email" autocomplete="username" required autofocus=!has_error value=form.email
                        aria-describedby=has_error.then_some("sign-in-error") />
                </div>
                <div class="field">
                    <label for="password">"Password"</label>
                    <input id="password" name="password" type="password" autocomplete="current-password" required autofocus=has_error
                        aria-invalid=has_error.then_some("true") aria-describedby=has_error.then_some("sign-in-error") />
                </div>
                <button class="button button-primary" type="submit">"Sign in"</button>
            </form>
        </div>
    }
}
