//! The texts about a change, in its dialog and in its result, match what the token endpoint then does; for every way to change.

use crate::{
    models::{
        bulk::{BulkAction, BulkOutcome},
        change::Change,
        change_words,
        obstacles::Obstacles,
        secret_words,
        token::{Overlap, RevealedSecret, TokenRow},
    },
    server::tokens::bulk,
};

use super::support::{
    TestApp, asks,
    catalogue::{ADMIN, CAROL, DAVE, find, project, remove},
    http::Browser,
    on_both,
    tokens::Made,
};

on_both! {
    every_change_in_every_state_says_what_the_registry_does,
    after_the_last_subscription_too,
    what_is_named_as_missing_is_all_that_is_missing,
    a_new_secret_says_whether_it_works,
    many_tokens_are_told_apart_by_whether_they_work,
    a_link_cannot_make_the_page_say_what_is_not_so,
}

const CHANGES: [Change; 4] = [Change::Resync, Change::Disable, Change::Enable, Change::Delete];

/// How a change is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The dialog of one token.
    Dialog,
    /// The bulk dialog, with a second token that is active or can be made active.
    Bulk,
    NoScript,
}

const WAYS: [Way; 3] = [Way::Dialog, Way::Bulk, Way::NoScript];

/// Every combination of obstacles of a token; Re-sync helps if the token is expired.
fn states() -> impl Iterator<Item = Obstacles> {
    (0..8).map(|bits| Obstacles {
        disabled: bits & 1 > 0,
        owner_inactive: bits & 2 > 0,
        expired: bits & 4 > 0,
        resync_helps: bits & 4 > 0,
    })
}

/// A token in a state. [`leave`] removes Dave from the project later, once for all tokens.
async fn made(app: &TestApp, name: &str, state: Obstacles) -> Made {
    let owner = if state.owner_inactive { DAVE } else { CAROL };
    let token = app.token(owner, "ACME", name).await;
    let id = &token.row.id;
    if state.disabled {
        app.execute("UPDATE tokens SET disabled_at = 1, disabled_reason = 'audit' WHERE id = $1", &[id.into()]).await;
    }
    if state.expired {
        app.execute("DELETE FROM token_products WHERE token_id = $1", &[id.into()]).await;
        let sql = "INSERT INTO token_products (token_id, product_key, added_at) VALUES ($1, $2, 1)";
        app.execute(sql, &[id.into(), "wso2-is".into()]).await;
    }
    token
}

async fn leave(app: &TestApp) {
    app.reimport_catalogue(|catalogue| remove(&mut project(catalogue, "ACME")["members"], "email", DAVE)).await;
}

fn action(change: Change) -> BulkAction {
    change.action("audit".to_owned(), 1)
}

/// The message of a bulk change, and the ids of the changed tokens.
async fn change_many(browser: &Browser<'_>, change: Change, rows: &[TokenRow]) -> (String, Vec<String>) {
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let outcome: BulkOutcome = asks::change_many("ACME", &ids, action(change)).by(browser).await.output();
    (change_words::result(change, rows, &outcome), outcome.done)
}

/// The notice on the page after a no-JavaScript form; the status code if the form was refused.
async fn submit(browser: &Browser<'_>, change: Change, row: &TokenRow) -> Result<String, u16> {
    let path = format!("/projects/ACME/registry-tokens/{}", change.token_action().slug());
    let reply = browser.form(&path, &[("token_id", &row.id), ("reason", "audit")]).await;
    if reply.status != 303 {
        return Err(reply.status);
    }
    let page = browser.get(reply.header("location")).await;
    Ok(page.notice().unwrap_or_else(|| panic!("{change:?} of {} says something", row.name)))
}

/// Whether a sentence says that the secret works (`Some(true)`) or does not work (`Some(false)`).
fn claim(sentence: &str) -> Option<bool> {
    let has = |words: &[&str]| words.iter().any(|words| sentence.contains(words));
    let fails =
        has(&["not work until", "to let its secret work", "to let their secrets work", "fail from now", "failed already"]);
    let works = !has(&["to let"]) && has(&["works again", "work again", "opens the images", "Put it wherever"]);
    assert!(!(works && fails), "it says one thing: {sentence}");
    (works || fails).then_some(works)
}

async fn every_change_in_every_state_says_what_the_registry_does(app: TestApp) {
    let mut cases = Vec::new();
    for (number, state) in states().enumerate() {
        for change in CHANGES {
            for way in WAYS {
                let token = made(&app, &format!("t{number}-{}-{way:?}", change.token_action().slug()), state).await;
                let other = (way == Way::Bulk).then(|| format!("other-{number}-{}", change.token_action().slug()));
                let other = match other {
                    // A token that works before the change, or that the change makes work.
                    Some(name) => {
                        Some(made(&app, &name, Obstacles { disabled: change == Change::Enable, ..Obstacles::default() }).await)
                    }
                    None => None,
                };
                cases.push((state, change, way, token, other));
            }
        }
    }
    leave(&app).await;
    let admin = app.signed_in(ADMIN).await;
    for (state, change, way, token, other) in cases {
        check(&app, &admin, state, change, way, &token, other.as_ref()).await;
    }
}

async fn check(
    app: &TestApp,
    admin: &Browser<'_>,
    state: Obstacles,
    change: Change,
    way: Way,
    token: &Made,
    other: Option<&Made>,
) {
    let case = format!("{change:?} by {way:?} of {state:?}");
    app.pass(61);
    let row = app.row(ADMIN, "ACME", &token.row.name).await;
    assert_eq!(row.obstacles(), state, "{case}");
    let login = &row.login_name;
    let worked = app.lets_in(login, &token.secret).await;
    assert_eq!(worked, state.is_none(), "{case}");
    // The dialog.
    let before = change_words::after(change, std::slice::from_ref(&row), app.state.clock.now());
    let page = admin.get(&format!("/projects/ACME/registry-tokens?dialog={}-{}", change.token_action().slug(), row.id)).await;
    assert!(page.tells(&before), "{case}: {before}");

    let (said, done) = match (way, other) {
        (Way::NoScript, _) => match submit(admin, change, &row).await {
            Ok(said) => (said, vec![row.id.clone()]),
            Err(status) => {
                assert_eq!((status, app.lets_in(login, &token.secret).await), (409, worked), "{case}");
                return;
            }
        },
        (_, None) => change_many(admin, change, std::slice::from_ref(&row)).await,
        (_, Some(other)) => {
            let rows = [row.clone(), app.row(ADMIN, "ACME", &other.row.name).await];
            let (said, done) = change_many(admin, change, &rows).await;
            // The part of the message about this token, without the part about the other one.
            let own = said.split(" 1 token").find(|part| part.contains(&format!("({})", row.name)));
            (own.unwrap_or(&said).to_owned(), done)
        }
    };
    let works = app.lets_in(login, &token.secret).await;
    if !done.contains(&row.id) || said.contains("nothing to add") {
        assert_eq!((works, claim(&said).filter(|_| way != Way::Bulk)), (worked, None), "{case}: {said}");
        return;
    }
    assert_eq!(claim(&said), Some(works), "{case}: {said}");
    if change == Change::Delete {
        assert_eq!(said.contains("from now on"), worked, "{case}: {said}");
        assert_eq!(before.contains("from the moment"), worked, "{case}: {before}");
    } else {
        let fails = before.contains("does not work until") || before.contains("fail until");
        assert_eq!((fails, before.contains("fail already")), (!works, change == Change::Disable && !worked), "{case}: {before}");
    }
}

async fn after_the_last_subscription_too(app: TestApp) {
    let mut cases = Vec::new();
    for (number, (disabled, owner_inactive)) in
        [(false, false), (true, false), (false, true), (true, true)].into_iter().enumerate()
    {
        for change in CHANGES {
            for way in [Way::Dialog, Way::NoScript] {
                let state = Obstacles { disabled, owner_inactive, ..Obstacles::default() };
                let token = made(&app, &format!("t{number}-{}-{way:?}", change.token_action().slug()), state).await;
                cases.push((Obstacles { expired: true, ..state }, change, way, token));
            }
        }
    }
    leave(&app).await;
    app.at("2031-02-03T04:05:06Z");
    let admin = app.signed_in(ADMIN).await;
    for (state, change, way, token) in cases {
        check(&app, &admin, state, change, way, &token, None).await;
    }
}

async fn what_is_named_as_missing_is_all_that_is_missing(app: TestApp) {
    let mut tokens = Vec::new();
    for (number, state) in states().enumerate().filter(|(_, state)| !state.is_none()) {
        tokens.push(made(&app, &format!("token-{number}"), state).await);
    }
    leave(&app).await;
    let admin = app.actor(ADMIN).await;
    for with_subscription in [true, false] {
        if !with_subscription {
            app.at("2031-02-03T04:05:06Z");
        }
        for token in &tokens {
            app.pass(61);
            leave(&app).await;
            let row = app.row(ADMIN, "ACME", &token.row.name).await;
            let until = row.obstacles().until(true);
            let id = [row.id.clone()];
            for (named, step) in [("an admin enables it", BulkAction::Enable), ("Re-sync adds", BulkAction::Resync)] {
                if until.contains(named) {
                    app.app_error(bulk::change(&app.state, &admin, "ACME", &id, &step).await).await.expect("it is done");
                }
            }
            let (comes_back, is_renewed) = (until.contains("owner is active"), until.contains("a subscription to one"));
            app.reimport_catalogue(|catalogue| {
                let acme = project(catalogue, "ACME");
                if is_renewed {
                    for subscription in acme["subscriptions"].as_array_mut().expect("a list") {
                        subscription["ends"] = "2035-01-01".into();
                    }
                }
                if !comes_back {
                    remove(&mut acme["members"], "email", DAVE);
                }
            })
            .await;
            assert!(app.lets_in(&row.login_name, &token.secret).await, "{}: {until}", row.name);
        }
    }
}

async fn a_new_secret_says_whether_it_works(app: TestApp) {
    let mut cases = Vec::new();
    for (number, state) in states().enumerate() {
        for overlap in [Overlap::None, Overlap::Day] {
            for way in [Way::Dialog, Way::NoScript] {
                cases.push((state, overlap, way, made(&app, &format!("t{number}-{}-{way:?}", overlap.slug()), state).await));
            }
        }
    }
    leave(&app).await;
    let admin = app.signed_in(ADMIN).await;
    for (state, overlap, way, token) in cases {
        app.pass(61);
        let row = app.row(ADMIN, "ACME", &token.row.name).await;
        let before = secret_words::before_new_secret(&row, overlap);
        let page = admin.get(&format!("/projects/ACME/registry-tokens?dialog=regenerate-{}", row.id)).await;
        let shown = secret_words::before_new_secret(&row, Overlap::None);
        assert!(page.tells(&shown), "{shown}");
        let (secret, said) = match way {
            Way::NoScript => {
                let fields = [("token_id", row.id.as_str()), ("generation", "1"), ("overlap", overlap.slug())];
                let page = admin.form("/projects/ACME/registry-tokens/regenerate", &fields).await;
                let (_, rest) = page.body.split_once(r#"value="wrt_"#).expect("the secret");
                let secret = format!("wrt_{}", rest.split_once('"').expect("its end").0);
                (secret, page.body)
            }
            _ => {
                let project_key = "ACME".to_owned();
                let function =
                    crate::api::tokens::RegenerateSecret { project_key, token_id: row.id.clone(), generation: 1, overlap };
                let made: RevealedSecret = asks::Ask::function(&function).by(&admin).await.output();
                let said = secret_words::new_secret(made.obstacles);
                assert_eq!(said.contains("Put it wherever"), state.is_none(), "{said}");
                (made.secret, said)
            }
        };
        let works = app.lets_in(&row.login_name, &secret).await;
        assert_eq!(works, state.is_none());
        assert_eq!(said.contains("It does not work until "), !works, "{state:?}: {said}");
        assert_eq!(before.contains("A new secret will not work until "), !works, "{state:?}: {before}");
        assert_eq!(before.starts_with("This token is disabled: "), state.disabled || state.owner_inactive, "{before}");
        assert_eq!(before.starts_with("This token is expired. "), state == states().nth(4).expect("expired only"), "{before}");
        let old_works = app.lets_in(&row.login_name, &token.secret).await;
        assert_eq!(old_works, before.starts_with("Both secrets work"), "{state:?} {overlap:?}: {before}");
    }
}

async fn many_tokens_are_told_apart_by_whether_they_work(app: TestApp) {
    let disabled = Obstacles { disabled: true, ..Obstacles::default() };
    let ownerless = Obstacles { owner_inactive: true, ..disabled };
    for (name, state) in [("one", disabled), ("two", disabled), ("his-a", ownerless), ("his-b", ownerless)] {
        made(&app, name, state).await;
        app.pass(1);
    }
    leave(&app).await;
    let admin = app.signed_in(ADMIN).await;
    let rows = async |names: &[&str]| {
        let all = app.rows(ADMIN, "ACME").await;
        all.into_iter().filter(|row| names.contains(&row.name.as_str())).collect::<Vec<_>>()
    };
    let mixed = rows(&["one", "two", "his-a"]).await;
    assert_eq!(
        change_words::after(Change::Enable, &mixed, 0),
        "Their secrets work again from the moment you enable them. 1 token (his-a) does not work until its owner is active in \
         this project again."
    );
    assert_eq!(
        change_many(&admin, Change::Enable, &mixed).await.0,
        "2 tokens are enabled. Their secrets work again. 1 token (his-a) is no longer disabled by an admin. Its secret does not work until \
         its owner is active in this project again."
    );
    let all = rows(&["one", "two", "his-a", "his-b"]).await;
    assert_eq!(
        change_words::after(Change::Delete, &all, 0),
        "Logins and pulls with them fail from the moment you delete them. This cannot be undone. 2 tokens do not work already: \
         his-b, his-a."
    );
    assert_eq!(
        change_many(&admin, Change::Delete, &all).await.0,
        "2 tokens are deleted. Logins and pulls fail from now on. 2 tokens (his-a, his-b) are deleted. Logins and pulls with \
         them failed already."
    );
}

async fn a_link_cannot_make_the_page_say_what_is_not_so(app: TestApp) {
    let (token, other) = (app.token(CAROL, "ACME", "ci-main").await, app.token(CAROL, "ACME", "late").await);
    app.reimport_catalogue(|catalogue| find(&mut catalogue["users"], "email", DAVE)["name"] = "Another".into()).await;
    let carol = app.signed_in(CAROL).await;
    for id in [&token.row.id, &other.row.id, "0123456789abcdef0123456789abcdef", ""] {
        for done in ["resync", "enable", "disable", "end-overlap", "delete", "delete-failing", "enabled", "odd"] {
            let page = carol.get(&format!("/projects/ACME/registry-tokens?done={done}.{id}")).await;
            assert_eq!((page.status, page.notice()), (200, None), "{done}");
        }
    }
    app.at("2026-07-01T00:00:00Z");
    for done in ["resync", "resync-nothing"] {
        let page = app.signed_in(CAROL).await.get(&format!("/projects/ACME/registry-tokens?done={done}.{}", token.row.id)).await;
        assert_eq!(page.notice(), None, "{done}: it has products to add");
    }
}
