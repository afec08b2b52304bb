//! The event stream that notifies open pages of changes, and who may open it.

use std::collections::BTreeSet;

use crate::{
    models::token::Overlap,
    server::{accounts, projects::events::MAX_STREAMS, tokens::lifecycle},
};

use crate::tests::support::{
    TestApp, asks,
    catalogue::{ADMIN, CAROL, DAVE, GINA, PAT, PIPELINE, find, project, remove},
    http::Browser,
    on_both,
};

on_both! {
    a_page_hears_of_each_change,
    a_page_that_is_behind_hears_of_it_at_once,
    every_change_is_another_revision,
    what_changes_nothing_leaves_the_revision,
    another_projects_change_is_not_told,
    the_stream_is_kept_by_nobody,
    who_may_not_see_the_project_gets_no_stream,
    a_stream_ends_with_the_session_and_with_the_right,
    a_stream_ends_with_the_server,
    a_page_is_told_why_its_stream_ends,
    a_page_that_asks_again_is_told_why_it_gets_no_stream,
    one_person_has_only_so_many_streams,
}

const EVENTS: &str = "/projects/ACME/registry-tokens/events";

async fn a_page_hears_of_each_change(app: TestApp) {
    let mut stream = app.signed_in(DAVE).await.follow("ACME", "").await;
    let first = stream.hears("revision").await;
    assert_eq!(first, app.revision("ACME").await);
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let generated = stream.hears("changed").await;
    app.delete(&app.actor(ADMIN).await, "ACME", &token.row.id).await.expect("the token is deleted");
    let deleted = stream.hears("changed").await;
    app.reimport_catalogue(|catalogue| project(catalogue, "ACME")["closed"] = true.into()).await;
    let imported = stream.hears("changed").await;
    assert_eq!(BTreeSet::from([&first, &generated, &deleted, &imported]).len(), 4);
    assert_eq!(imported, app.revision("ACME").await);
}

async fn a_page_that_is_behind_hears_of_it_at_once(app: TestApp) {
    let old = app.revision("ACME").await;
    app.token(CAROL, "ACME", "ci-main").await;
    let new = app.revision("ACME").await;
    let carol = app.signed_in(CAROL).await;
    let [since_old, since_new] = [&old, &new].map(|revision| format!("?since={revision}"));
    // On reconnect a browser sends the last event id. It takes precedence over `since`, the revision when the page was loaded.
    let [back_old, back_new] = [&old, &new].map(|revision| carol.clone().with("last-event-id", revision));
    let behind = [carol.follow("ACME", &since_old).await, back_old.follow("ACME", &since_new).await];
    let up_to_date =
        [carol.follow("ACME", &since_new).await, back_new.follow("ACME", &since_old).await, carol.follow("ACME", "").await];
    for mut stream in behind {
        assert_eq!((stream.hears("revision").await, stream.hears("changed").await), (new.clone(), new.clone()));
    }
    app.token(CAROL, "ACME", "ci-other").await;
    let newest = app.revision("ACME").await;
    for mut stream in up_to_date {
        assert_eq!((stream.hears("revision").await, stream.hears("changed").await), (new.clone(), newest.clone()));
    }
}

async fn every_change_is_another_revision(app: TestApp) {
    let (carol, admin, state) = (app.actor(CAROL).await, app.actor(ADMIN).await, &app.state);
    let mut seen = BTreeSet::from([app.revision("ACME").await]);
    let mut count = 1;
    let mut moved = async |what: &str| {
        seen.insert(app.revision("ACME").await);
        count += 1;
        assert_eq!(seen.len(), count, "{what}");
    };
    let token = app.token(CAROL, "ACME", "ci-main").await;
    moved("generated").await;
    let id = &token.row.id;
    app.rotate(&carol, "ACME", &token.row, Overlap::Hour).await;
    moved("re-generated").await;
    app.app_error(lifecycle::end_overlap(state, &carol, "ACME", id).await).await.expect("it ends");
    moved("overlap ended").await;
    app.app_error(lifecycle::disable(state, &admin, "ACME", id, "").await).await.expect("disabled");
    moved("disabled").await;
    app.app_error(lifecycle::enable(state, &admin, "ACME", id).await).await.expect("enabled");
    moved("enabled").await;
    app.at("2026-07-01T09:00:00Z");
    moved("a new day").await;
    app.resync(&carol, "ACME", id).await.expect("re-synced");
    moved("re-synced").await;
    for action in asks::bulk_actions() {
        let reply = asks::change_many("ACME", &[id.as_str()], action.clone()).by(&app.signed_in(ADMIN).await).await;
        assert_eq!(reply.status, 200, "{action:?}");
        if action != asks::bulk_actions()[0] {
            moved(action.token_action().verb()).await;
        }
    }
    app.reimport_catalogue(|catalogue| project(catalogue, "ACME")["support_tier"] = "Basic".into()).await;
    moved("project").await;
    app.reimport_catalogue(|catalogue| remove(&mut project(catalogue, "ACME")["members"], "email", PAT)).await;
    moved("member").await;
    app.reimport_catalogue(|catalogue| {
        find(&mut project(catalogue, "ACME")["service_users"], "email", PIPELINE)["name"] = "CI".into()
    })
    .await;
    moved("service user").await;
    app.reimport_catalogue(|_| {}).await;
    moved("all that again").await;
    app.reimport_catalogue(|catalogue| find(&mut catalogue["products"], "key", "wso2-apim")["name"] = "APIM".into()).await;
    moved("product").await;
    app.reimport_catalogue(|catalogue| find(&mut catalogue["users"], "email", CAROL)["name"] = "Caroline".into()).await;
    moved("person").await;
    app.app_error(accounts::deactivate(state, CAROL).await).await.expect("she is deactivated");
    moved("deactivated").await;
}

async fn what_changes_nothing_leaves_the_revision(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let before = app.revision("ACME").await;
    let (carol, dave) = (app.actor(CAROL).await, app.signed_in(DAVE).await);
    assert!(app.pulls(&token, "wso2-apim/am").await);
    app.state.token_endpoint.usage.flush().await;
    assert!(!app.lets_in(&token.row.login_name, "wrt_wrong").await);
    for ask in asks::on_token("ACME", &token.row.id) {
        assert_eq!(ask.by(&dave).await.status, 404, "{ask:?}");
    }
    assert_eq!(app.resync(&carol, "ACME", &token.row.id).await, Ok(Vec::new()));
    app.regenerate(&carol, "ACME", &token.row.id, 7).await.expect_err("a stale page");
    app.generate(&carol, "ACME", "ci-main").await.expect_err("the name is taken");
    app.reimport_catalogue(|_| {}).await;
    assert_eq!(app.revision("ACME").await, before);
    assert_eq!(app.revision("acme").await, before, "as the address of the page, without regard to case");
}

async fn another_projects_change_is_not_told(app: TestApp) {
    let before = app.revision("ACME").await;
    app.token(GINA, "GLOBEX", "foreign").await;
    app.reimport_catalogue(|catalogue| project(catalogue, "GLOBEX")["support_tier"] = "Basic".into()).await;
    assert_eq!(app.revision("ACME").await, before);
}

async fn the_stream_is_kept_by_nobody(app: TestApp) {
    let stream = app.signed_in(CAROL).await.follow("ACME", "").await;
    assert_eq!(stream.status, 200);
    for (name, value) in [("content-type", "text/event-stream"), ("cache-control", "no-store"), ("x-accel-buffering", "no")] {
        assert_eq!(stream.headers.get_all(name).iter().collect::<Vec<_>>(), [value], "{name}");
    }
}

async fn who_may_not_see_the_project_gets_no_stream(app: TestApp) {
    for nobody in [app.browser(), app.browser().with("cookie", "registry-tokens-session=bm9ib2R5")] {
        assert_eq!(nobody.get(EVENTS).await.status, 401);
    }
    let gina = app.signed_in(GINA).await;
    let reply = gina.get(EVENTS).await;
    assert_eq!(reply.status, 404);
    assert_eq!(reply.seen(), gina.get("/projects/NOWHERE/registry-tokens/events").await.seen());
    assert_eq!(app.audit("project.denied").await.len(), 2);
}

async fn a_stream_ends_with_the_session_and_with_the_right(app: TestApp) {
    let carol = app.signed_in(CAROL).await;
    let mut stream = carol.follow("ACME", "").await;
    stream.hears("revision").await;
    carol.form("/sign-out", &[]).await;
    stream.ends().await;

    let mut stream = app.signed_in(CAROL).await.follow("ACME", "").await;
    app.reimport_catalogue(|catalogue| remove(&mut project(catalogue, "ACME")["members"], "email", CAROL)).await;
    stream.ends().await;
    app.reimport_catalogue(|_| {}).await;
    assert!(app.audit("project.denied").await.is_empty(), "nobody asked");

    let mut stream = app.signed_in(CAROL).await.follow("ACME", "").await;
    app.pass(13 * 3_600);
    stream.ends().await;

    let mut stream = app.signed_in(CAROL).await.follow("ACME", "").await;
    app.app_error(accounts::deactivate(&app.state, CAROL).await).await.expect("she is deactivated");
    stream.ends().await;
}

async fn a_page_is_told_why_its_stream_ends(app: TestApp) {
    let carol = app.signed_in(CAROL).await;
    let mut stream = carol.follow("ACME", "").await;
    stream.hears("revision").await;
    carol.form("/sign-out", &[]).await;
    assert_eq!(stream.hears("ended").await, "signed-out");
    assert_eq!(stream.next().await, None);

    let mut stream = app.signed_in(CAROL).await.follow("ACME", "").await;
    stream.hears("revision").await;
    app.app_error(accounts::set_password(&app.state, CAROL, "another password".to_owned()).await).await.expect("it is set");
    assert_eq!(stream.hears("ended").await, "signed-out");
    assert_eq!(stream.next().await, None);

    let mut stream = app.signed_in(CAROL).await.follow("ACME", "").await;
    stream.hears("revision").await;
    app.reimport_catalogue(|catalogue| remove(&mut project(catalogue, "ACME")["members"], "email", CAROL)).await;
    // The import also changed the project, so a "changed" event may come first.
    let mut told = stream.next().await.expect("a message");
    if told.event == "changed" {
        told = stream.next().await.expect("a message");
    }
    assert_eq!((told.event.as_str(), told.revision.as_str()), ("ended", "no-access"));
    assert_eq!(stream.next().await, None);
    assert!(app.audit("project.denied").await.is_empty(), "nobody asked");
}

fn page<'k>(browser: &Browser<'k>) -> Browser<'k> {
    browser.clone().with("accept", "text/event-stream")
}

/// A browser reconnects by itself, and a hidden page when it is shown. The page's code does not see the status of the response.
async fn a_page_that_asks_again_is_told_why_it_gets_no_stream(app: TestApp) {
    let gina = app.signed_in(GINA).await;
    for (browser, reason) in [
        (page(&app.browser()), "signed-out"),
        (page(&app.browser().with("cookie", "registry-tokens-session=bm9ib2R5")), "signed-out"),
        (page(&gina), "no-access"),
    ] {
        let reply = browser.get(EVENTS).await;
        assert_eq!((reply.status, reply.header("content-type")), (200, "text/event-stream"));
        assert!(reply.body.contains("retry: 60000"), "not at once: {}", reply.body);
        assert_eq!(reply.seen(), browser.get("/projects/NOWHERE/registry-tokens/events").await.seen());
        let mut stream = browser.follow("ACME", "?since=1.1.2026-06-01").await;
        assert_eq!(stream.hears("ended").await, reason);
        assert_eq!(stream.next().await, None);
    }
    for _ in 0..240 {
        page(&gina).get(EVENTS).await;
    }
    app.next_window();
    assert_eq!(app.audit("project.denied").await.len(), 3, "a tab that is left open for an hour");
}

async fn a_stream_ends_with_the_server(app: TestApp) {
    let carol = app.signed_in(CAROL).await;
    let mut stream = carol.follow("ACME", "").await;
    stream.hears("revision").await;
    app.state.streams.stop();
    assert_eq!(stream.next().await, None);
    // A request that was already in progress.
    let mut late = carol.follow("ACME", "").await;
    late.hears("revision").await;
    assert_eq!(late.next().await, None);
}

async fn one_person_has_only_so_many_streams(app: TestApp) {
    let (carol, dave) = (app.signed_in(CAROL).await, app.signed_in(DAVE).await);
    let mut streams = Vec::new();
    for _ in 0..MAX_STREAMS {
        streams.push(carol.follow("ACME", "").await);
    }
    assert!(streams.iter().all(|stream| stream.status == 200));
    assert_eq!(carol.get(EVENTS).await.status, 429);
    assert_eq!(dave.follow("ACME", "").await.status, 200);
    streams.pop();
    assert_eq!(carol.follow("ACME", "").await.status, 200);
}
