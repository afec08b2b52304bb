//! *Delete* of a token that pulled within 30 days requires typing its name (in bulk: the number of tokens). Others need no input.

use crate::{
    error::AppError,
    models::{bulk::BulkOutcome, confirmation},
};

use crate::tests::support::{
    TestApp,
    asks::{self, Ask},
    catalogue::{ADMIN, CAROL, DAVE},
    http::{Browser, Reply},
    on_both,
    tokens::Made,
};

on_both! {
    one_that_pulled_lately_is_deleted_with_its_name_only,
    many_are_deleted_with_their_number_only,
    the_last_part_of_many_is_confirmed_by_the_number_of_all,
    what_did_not_pull_lately_is_deleted_without_asking,
    the_page_without_a_script_asks_and_keeps_what_was_typed,
}

const LIST: &str = "/projects/ACME/registry-tokens";

/// A token of Carol's with a recent pull.
async fn in_use(app: &TestApp, name: &str) -> Made {
    let token = app.token(CAROL, "ACME", name).await;
    assert!(app.pulls(&token, "wso2-apim/am").await);
    app.state.token_endpoint.usage.flush().await;
    token
}

/// Deletion by server function and by form.
fn deletions(id: &str, typed: &str) -> [Ask; 3] {
    let function =
        crate::api::tokens::DeleteToken { project_key: "ACME".to_owned(), token_id: id.to_owned(), confirm: typed.to_owned() };
    let fields = vec![("token_id", id.to_owned()), ("confirm", typed.to_owned())];
    [
        Ask::function(&function),
        asks::change_many("ACME", &[id], asks::delete(typed, 1)),
        Ask::Form(format!("{LIST}/delete"), fields),
    ]
}

async fn refused(reply: Reply, words: &str) {
    assert_eq!(reply.status, 422, "{}", reply.body);
    assert!(reply.tells(words), "{words}: {}", reply.body);
}

async fn one_that_pulled_lately_is_deleted_with_its_name_only(app: TestApp) {
    let admin = app.signed_in(ADMIN).await;
    for (number, good) in ["Node-2", "node-2\n", " NODE-2 "].into_iter().enumerate() {
        let token = in_use(&app, "Node-2").await;
        let id = &token.row.id;
        for (typed, words) in [
            ("", "Type Node-2, the name of the token, to delete it."),
            ("Node-20", "This is not Node-2, the name of the token. Nothing was deleted."),
            ("1", "This is not Node-2, the name of the token. Nothing was deleted."),
            ("acme.node-2", "This is not Node-2, the name of the token. Nothing was deleted."),
        ] {
            for ask in deletions(id, typed) {
                refused(ask.by(&admin).await, words).await;
            }
            assert!(app.lets_in(&token.row.login_name, &token.secret).await, "{typed}");
        }
        assert_eq!(app.audit("token.deleted").await.len(), number);
        let reply = deletions(id, good)[number].by(&admin).await;
        assert!(reply.status < 400, "{}", reply.body);
        assert_eq!(app.names(ADMIN, "ACME").await, <[&str; 0]>::default(), "{good:?}");
    }
}

async fn delete(browser: &Browser<'_>, ids: &[&str], typed: &str, all: usize) -> Result<BulkOutcome, AppError> {
    let reply = asks::change_many("ACME", ids, asks::delete(typed, all)).by(browser).await;
    if reply.status == 200 { Ok(reply.output()) } else { Err(reply.error()) }
}

async fn many_are_deleted_with_their_number_only(app: TestApp) {
    let (used, unused) = (in_use(&app, "used").await, app.token(DAVE, "ACME", "unused").await);
    let ids = [used.row.id.as_str(), unused.row.id.as_str()];
    let admin = app.signed_in(ADMIN).await;
    for (typed, words) in [
        ("", "Type 2, the number of tokens, to delete them."),
        ("1", "This is not 2, the number of tokens. Nothing was deleted."),
        ("used", "This is not 2, the number of tokens. Nothing was deleted."),
    ] {
        assert_eq!(delete(&admin, &ids, typed, 2).await, Err(AppError::invalid("confirm", words)));
        // A wrong total from the client does not avoid the confirmation.
        assert_eq!(delete(&admin, &ids, typed, 1).await, Err(AppError::invalid("confirm", words)));
    }
    assert_eq!(app.names(ADMIN, "ACME").await.len(), 2, "all or none");
    assert_eq!(delete(&admin, &ids, " 2 ", 2).await.map(|outcome| outcome.done.len()), Ok(2));
}

async fn the_last_part_of_many_is_confirmed_by_the_number_of_all(app: TestApp) {
    let used = in_use(&app, "used").await;
    let admin = app.signed_in(ADMIN).await;
    let wrong = delete(&admin, &[&used.row.id], "used", 101).await;
    assert_eq!(wrong, Err(AppError::invalid("confirm", "This is not 101, the number of tokens. Nothing was deleted.")));
    assert_eq!(delete(&admin, &[&used.row.id], "101", 101).await.map(|outcome| outcome.done.len()), Ok(1));
}

async fn what_did_not_pull_lately_is_deleted_without_asking(app: TestApp) {
    let (old, login) = (in_use(&app, "old").await, app.token(CAROL, "ACME", "login").await);
    app.at("2026-07-15T00:00:00Z");
    // A login does not count as a pull.
    assert!(app.lets_in(&login.row.login_name, &login.secret).await);
    app.state.token_endpoint.usage.flush().await;
    let rows = app.rows(ADMIN, "ACME").await;
    assert!(rows.len() == 2 && !confirmation::is_asked(&rows));
    let admin = app.signed_in(ADMIN).await;
    for row in &rows {
        let page = admin.get(&format!("{LIST}?dialog=delete-{}", row.id)).await;
        assert!(!page.body.contains(r#"name="confirm""#) && !page.tells("can be undone"), "{}", row.name);
    }
    assert_eq!(deletions(&old.row.id, "")[2].by(&admin).await.status, 303);
    assert_eq!(deletions(&login.row.id, "anything")[0].by(&admin).await.status, 200);
}

async fn the_page_without_a_script_asks_and_keeps_what_was_typed(app: TestApp) {
    let token = in_use(&app, "ci-main").await;
    let (id, first) = (&token.row.id, "Disable it first: can be undone");
    let (admin, carol) = (app.signed_in(ADMIN).await, app.signed_in(CAROL).await);
    let address = format!("{LIST}?dialog=delete-{id}");
    let dialog = admin.get(&address).await;
    assert!(dialog.tells("Type ci-main to delete it") && dialog.tells(first));
    assert!(dialog.body.contains(&format!(r#"value="disable-{id}""#)));
    assert!(dialog.tells("User token for Carol"), "whose it is");
    // Only an admin may disable.
    let dialog = carol.get(&address).await;
    assert!(dialog.tells("Type ci-main to delete it") && !dialog.tells(first));
    for typed in ["ci-mian", "x\u{5d0}\"<"] {
        let fields = [("token_id", id.as_str()), ("confirm", typed)];
        let page = carol.form(&format!("{LIST}/delete"), &fields).await;
        assert_eq!(page.status, 422);
        assert!(page.tells("This is not ci-main, the name of the token. Nothing was deleted."), "{}", page.body);
        let kept = html_escape::encode_double_quoted_attribute(typed);
        assert!(page.body.contains(&format!(r#"value="{kept}""#)), "{typed}");
        assert!(page.body.contains(r#"aria-invalid="true""#));
    }
    // Already disabled, so the dialog does not suggest to disable it first.
    app.execute("UPDATE tokens SET disabled_at = 1, disabled_reason = '' WHERE id = $1", &[id.into()]).await;
    let dialog = admin.get(&address).await;
    assert!(dialog.tells("Type ci-main to delete it") && !dialog.tells(first));
    let page = carol.form(&format!("{LIST}/delete"), &[("token_id", id.as_str()), ("confirm", "ci-main")]).await;
    assert_eq!(page.status, 303);
}
