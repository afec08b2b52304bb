//! What an open page is told of changes, and who is told.

use std::collections::BTreeSet;

use crate::{
    models::token::Overlap,
    server::{accounts, projects::events::MOST_STREAMS, tokens::lifecycle},
};

use crate::tests::support::{
    Kit, asks,
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

async fn a_page_hears_of_each_change(kit: Kit) {
    let mut stream = kit.signed_in(DAVE).await.follow("ACME", "").await;
    let first = stream.hears("revision").await;
    assert_eq!(first, kit.revision("ACME").await);
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    let generated = stream.hears("changed").await;
    kit.delete(&kit.actor(ADMIN).await, "ACME", &token.row.id).await.expect("the token is deleted");
    let deleted = stream.hears("changed").await;
    kit.revise(|catalogue| project(catalogue, "ACME")["closed"] = true.into()).await;
    let imported = stream.hears("changed").await;
    assert_eq!(BTreeSet::from([&first, &generated, &deleted, &imported]).len(), 4);
    assert_eq!(imported, kit.revision("ACME").await);
}

async fn a_page_that_is_behind_hears_of_it_at_once(kit: Kit) {
    let old = kit.revision("ACME").await;
    kit.token(CAROL, "ACME", "ci-main").await;
    let new = kit.revision("ACME").await;
    let carol = kit.signed_in(CAROL).await;
    let [since_old, since_new] = [&old, &new].map(|revision| format!("?since={revision}"));
    // The id is what a browser that comes back has heard of last, long after its page was made.
    let [back_old, back_new] = [&old, &new].map(|revision| carol.clone().with("last-event-id", revision));
    let behind = [carol.follow("ACME", &since_old).await, back_old.follow("ACME", &since_new).await];
    let up_to_date =
        [carol.follow("ACME", &since_new).await, back_new.follow("ACME", &since_old).await, carol.follow("ACME", "").await];
    for mut stream in behind {
        assert_eq!((stream.hears("revision").await, stream.hears("changed").await), (new.clone(), new.clone()));
    }
    kit.token(CAROL, "ACME", "ci-other").await;
    let newest = kit.revision("ACME").await;
    for mut stream in up_to_date {
        assert_eq!((stream.hears("revision").await, stream.hears("changed").await), (new.clone(), newest.clone()));
    }
}

async fn every_change_is_another_revision(kit: Kit) {
    let (carol, admin, state) = (kit.actor(CAROL).await, kit.actor(ADMIN).await, &kit.state);
    let mut seen = BTreeSet::from([kit.revision("ACME").await]);
    let mut count = 1;
    let mut moved = async |what: &str| {
        seen.insert(kit.revision("ACME").await);
        count += 1;
        assert_eq!(seen.len(), count, "{what}");
    };
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    moved("generated").await;
    let id = &token.row.id;
    kit.rotate(&carol, "ACME", &token.row, Overlap::Hour).await;
    moved("re-generated").await;
    kit.told(lifecycle::end_overlap(state, &carol, "ACME", id).await).await.expect("it ends");
    moved("overlap ended").await;
    kit.told(lifecycle::disable(state, &admin, "ACME", id, "").await).await.expect("paused");
    moved("disabled").await;
    kit.told(lifecycle::enable(state, &admin, "ACME", id).await).await.expect("enabled");
    moved("enabled").await;
    kit.at("2026-07-01T09:00:00Z");
    moved("a new day").await;
    kit.resync(&carol, "ACME", id).await.expect("re-synced");
    moved("re-synced").await;
    for action in asks::bulk_actions() {
        let reply = asks::change_many("ACME", &[id.as_str()], action.clone()).by(&kit.signed_in(ADMIN).await).await;
        assert_eq!(reply.status, 200, "{action:?}");
        if action != asks::bulk_actions()[0] {
            moved(action.verb()).await;
        }
    }
    kit.revise(|catalogue| project(catalogue, "ACME")["support_tier"] = "Basic".into()).await;
    moved("project").await;
    kit.revise(|catalogue| remove(&mut project(catalogue, "ACME")["members"], "email", PAT)).await;
    moved("member").await;
    kit.revise(|catalogue| find(&mut project(catalogue, "ACME")["service_users"], "email", PIPELINE)["name"] = "CI".into()).await;
    moved("service user").await;
    kit.revise(|_| {}).await;
    moved("all that again").await;
    kit.revise(|catalogue| find(&mut catalogue["products"], "key", "wso2-apim")["name"] = "APIM".into()).await;
    moved("product").await;
    kit.revise(|catalogue| find(&mut catalogue["users"], "email", CAROL)["name"] = "Caroline".into()).await;
    moved("person").await;
    kit.told(accounts::deactivate(state, CAROL).await).await.expect("she is deactivated");
    moved("deactivated").await;
}

async fn what_changes_nothing_leaves_the_revision(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    let before = kit.revision("ACME").await;
    let (carol, dave) = (kit.actor(CAROL).await, kit.signed_in(DAVE).await);
    assert!(kit.pulls(&token, "wso2-apim/am").await);
    kit.state.token_endpoint.usage.flush().await;
    assert!(!kit.lets_in(&token.row.login_name, "wrt_wrong").await);
    for ask in asks::on_token("ACME", &token.row.id) {
        assert_eq!(ask.by(&dave).await.status, 404, "{ask:?}");
    }
    assert_eq!(kit.resync(&carol, "ACME", &token.row.id).await, Ok(Vec::new()));
    kit.regenerate(&carol, "ACME", &token.row.id, 7).await.expect_err("a stale page");
    kit.generate(&carol, "ACME", "ci-main").await.expect_err("the name is taken");
    kit.revise(|_| {}).await;
    assert_eq!(kit.revision("ACME").await, before);
    assert_eq!(kit.revision("acme").await, before, "as the address of the page, without regard to case");
}

async fn another_projects_change_is_not_told(kit: Kit) {
    let before = kit.revision("ACME").await;
    kit.token(GINA, "GLOBEX", "foreign").await;
    kit.revise(|catalogue| project(catalogue, "GLOBEX")["support_tier"] = "Basic".into()).await;
    assert_eq!(kit.revision("ACME").await, before);
}

async fn the_stream_is_kept_by_nobody(kit: Kit) {
    let stream = kit.signed_in(CAROL).await.follow("ACME", "").await;
    assert_eq!(stream.status, 200);
    for (name, value) in [("content-type", "text/event-stream"), ("cache-control", "no-store"), ("x-accel-buffering", "no")] {
        assert_eq!(stream.headers.get_all(name).iter().collect::<Vec<_>>(), [value], "{name}");
    }
}

async fn who_may_not_see_the_project_gets_no_stream(kit: Kit) {
    for nobody in [kit.browser(), kit.browser().with("cookie", "registry-tokens-session=bm9ib2R5")] {
        assert_eq!(nobody.get(EVENTS).await.status, 401);
    }
    let gina = kit.signed_in(GINA).await;
    let reply = gina.get(EVENTS).await;
    assert_eq!(reply.status, 404);
    assert_eq!(reply.seen(), gina.get("/projects/NOWHERE/registry-tokens/events").await.seen());
    assert_eq!(kit.audit("project.denied").await.len(), 2);
}

async fn a_stream_ends_with_the_session_and_with_the_right(kit: Kit) {
    let carol = kit.signed_in(CAROL).await;
    let mut stream = carol.follow("ACME", "").await;
    stream.hears("revision").await;
    carol.form("/sign-out", &[]).await;
    stream.ends().await;

    let mut stream = kit.signed_in(CAROL).await.follow("ACME", "").await;
    kit.revise(|catalogue| remove(&mut project(catalogue, "ACME")["members"], "email", CAROL)).await;
    stream.ends().await;
    kit.revise(|_| {}).await;
    assert!(kit.audit("project.denied").await.is_empty(), "nobody asked");

    let mut stream = kit.signed_in(CAROL).await.follow("ACME", "").await;
    kit.pass(13 * 3_600);
    stream.ends().await;

    let mut stream = kit.signed_in(CAROL).await.follow("ACME", "").await;
    kit.told(accounts::deactivate(&kit.state, CAROL).await).await.expect("she is deactivated");
    stream.ends().await;
}

async fn a_page_is_told_why_its_stream_ends(kit: Kit) {
    let carol = kit.signed_in(CAROL).await;
    let mut stream = carol.follow("ACME", "").await;
    stream.hears("revision").await;
    carol.form("/sign-out", &[]).await;
    assert_eq!(stream.hears("ended").await, "signed-out");
    assert_eq!(stream.next().await, None);

    let mut stream = kit.signed_in(CAROL).await.follow("ACME", "").await;
    stream.hears("revision").await;
    kit.told(accounts::set_password(&kit.state, CAROL, "another password".to_owned()).await).await.expect("it is set");
    assert_eq!(stream.hears("ended").await, "signed-out");
    assert_eq!(stream.next().await, None);

    let mut stream = kit.signed_in(CAROL).await.follow("ACME", "").await;
    stream.hears("revision").await;
    kit.revise(|catalogue| remove(&mut project(catalogue, "ACME")["members"], "email", CAROL)).await;
    // The project has changed, too.
    let mut told = stream.next().await.expect("a message");
    if told.event == "changed" {
        told = stream.next().await.expect("a message");
    }
    assert_eq!((told.event.as_str(), told.revision.as_str()), ("ended", "no-access"));
    assert_eq!(stream.next().await, None);
    assert!(kit.audit("project.denied").await.is_empty(), "nobody asked");
}

fn page<'k>(browser: &Browser<'k>) -> Browser<'k> {
    browser.clone().with("accept", "text/event-stream")
}

/// A browser comes back by itself, and a hidden page when it is shown. Its script is not told the status of an answer.
async fn a_page_that_asks_again_is_told_why_it_gets_no_stream(kit: Kit) {
    let gina = kit.signed_in(GINA).await;
    for (browser, reason) in [
        (page(&kit.browser()), "signed-out"),
        (page(&kit.browser().with("cookie", "registry-tokens-session=bm9ib2R5")), "signed-out"),
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
    kit.next_window();
    assert_eq!(kit.audit("project.denied").await.len(), 3, "a tab that is left open for an hour");
}

async fn a_stream_ends_with_the_server(kit: Kit) {
    let carol = kit.signed_in(CAROL).await;
    let mut stream = carol.follow("ACME", "").await;
    stream.hears("revision").await;
    kit.state.watchers.stop();
    assert_eq!(stream.next().await, None);
    // A request that was under way.
    let mut late = carol.follow("ACME", "").await;
    late.hears("revision").await;
    assert_eq!(late.next().await, None);
}

async fn one_person_has_only_so_many_streams(kit: Kit) {
    let (carol, dave) = (kit.signed_in(CAROL).await, kit.signed_in(DAVE).await);
    let mut streams = Vec::new();
    for _ in 0..MOST_STREAMS {
        streams.push(carol.follow("ACME", "").await);
    }
    assert!(streams.iter().all(|stream| stream.status == 200));
    assert_eq!(carol.get(EVENTS).await.status, 429);
    assert_eq!(dave.follow("ACME", "").await.status, 200);
    streams.pop();
    assert_eq!(carol.follow("ACME", "").await.status, 200);
}
