//! *Test this token*: checks a pasted secret as the registry would.

use leptos::{ev, html, prelude::*, task::tick};

use crate::{
    api::tokens::test_token,
    components::common::{alert::Alert, scope::PageScope, show_error::ShowError, text::whole},
    error::AppError,
    models::{
        form_answer::TestResult,
        page_content::{PageParams, page_params},
    },
    paths,
};

/// The result of a token's test, with the page that it belongs to.
pub type Tested = RwSignal<Option<(PageParams, TestResult)>>;

/// The form. Without JavaScript the server handles the post and renders the page. The page stores the result in `tested`.
/// `show_error` is called with an error that concerns the whole page.
#[component]
pub fn TestToken(project_key: String, name: String, login_name: String, tested: Tested, show_error: ShowError) -> impl IntoView {
    let scope: PageScope = expect_context();
    let (login_field, secret_field) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let action = format!("{}#test-title", paths::token_test(&project_key, &name));
    let about = page_params(&project_key, &name);
    let of = about.clone();
    let found = Signal::derive(move || tested.with(|tested| tested.clone().filter(|(about, _)| *about == of)));
    let refusal = RwSignal::new(None);
    let is_loading = RwSignal::new(false);
    let test = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let (Some(login), Some(secret)) = (login_field.get(), secret_field.get()) else { return };
        let (project_key, name, about, show_error) = (project_key.clone(), name.clone(), about.clone(), show_error.clone());
        if is_loading.get_untracked() {
            return;
        }
        is_loading.set(true);
        scope.spawn(async move {
            let sent = secret.value();
            let response = test_token(project_key, name, login.value(), sent.clone()).await;
            is_loading.try_set(false);
            let result = match response {
                Ok(result) => result,
                Err(error @ (AppError::Unauthenticated | AppError::NotFound)) => return show_error(error),
                // The user's input stays in the fields.
                Err(error) => {
                    tested.set(None);
                    return refusal.set(Some(error.of_read()));
                }
            };
            refusal.set(None);
            tested.set(Some((about, result)));
            // Render the result before the field is cleared.
            tick().await;
            // By now the user may have typed another one.
            if secret.value() == sent {
                secret.set_value("");
            }
        });
    };
    view! {
        <section aria-labelledby="test-title">
            <h2 id="test-title">"Test this token"</h2>
            <p role="status" class=move || found.get().map(|(_, found)| if found.is_good { "notice" } else { "alert" })
                inner_html=whole(move || found.get().map(|(_, found)| found.sentence).unwrap_or_default())></p>
            <form method="post" action=action autocomplete="off" on:submit=test>
                <div class="field">
                    <label for="test-login-name">"Name to test"</label>
                    <input id="test-login-name" class="mono" name="login_name" value=login_name required spellcheck="false"
                        node_ref=login_field />
                </div>
                <div class="field">
                    <label for="test-secret">"Secret to test"</label>
                    <input id="test-secret" class="mono" name="secret" type="password" required autocomplete="off"
                        data-1p-ignore="true" node_ref=secret_field />
                </div>
                // Not disabled, because that would take the focus away.
                <button class="button" type="submit" aria-busy=move || is_loading.get().then_some("true")>"Test"</button>
                <Alert error=refusal />
            </form>
        </section>
    }
}
