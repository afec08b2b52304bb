//! Authorization of every server function, form and page, over HTTP with real sessions.

use std::collections::BTreeSet;

use crate::{
    error::AppError,
    server::{accounts, id},
};

use crate::tests::support::{
    TestApp,
    asks::{self, Ask},
    catalogue::{ADMIN, CAROL, DAVE, GINA, PIPELINE, project, remove},
    on_both,
};

on_both! {
    nobody_gets_nothing,
    after_signing_in_a_form_leads_back_to_its_page,
    a_customer_manages_their_own_tokens,
    a_token_that_a_customer_may_not_see_answers_like_one_that_does_not_exist,
    a_page_tells_nothing_of_a_token_that_a_customer_may_not_see,
    another_tenant_cannot_tell_a_project_from_none,
    a_token_is_not_found_through_another_project,
    an_admin_manages_every_token_of_the_project,
    a_customer_cannot_make_a_service_token,
    a_customer_is_not_told_the_service_users,
    a_deactivated_person_is_out_at_the_next_request,
    a_person_who_left_finds_the_project_no_more,
    a_change_of_role_counts_at_the_next_request,
    every_denial_leaves_a_row_in_the_audit_trail,
    no_change_can_be_made_with_a_get,
    what_cannot_be_read_is_the_callers_fault_and_changes_nothing,
}

/// The lists in `asks` contain every server function.
#[test]
fn every_server_function_is_asked_in_these_tests() {
    let asked = asks::all("ACME", "x").into_iter().chain([asks::projects()]).filter_map(|ask| match ask {
        Ask::Function(path, _) => Some(path.to_owned()),
        Ask::Form(..) => None,
    });
    let registered = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned());
    assert_eq!(asked.collect::<BTreeSet<_>>(), registered.collect::<BTreeSet<_>>());
}

const PAGE: &str = "/projects/ACME/registry-tokens";

async fn nobody_gets_nothing(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let before = app.dump().await;
    for nobody in [
        app.browser(),
        app.browser().with("cookie", "registry-tokens-session=bm9ib2R5"),
        app.browser().with("cookie", "registry-tokens-session="),
    ] {
        for ask in asks::all("ACME", &token.row.id).into_iter().chain([asks::projects()]) {
            let reply = ask.by(&nobody).await;
            if ask.is_function() {
                assert_eq!((reply.status, reply.error()), (401, AppError::Unauthenticated), "{ask:?}");
            } else {
                assert_eq!(reply.status, 303, "{ask:?}");
                assert!(reply.header("location").starts_with("/sign-in"), "{ask:?}");
            }
            assert!(!reply.tells("ci-main"), "{ask:?}");
        }
        assert_eq!(nobody.get("/").await.header("location"), "/sign-in");
        for page in ["/", PAGE, "/projects/ACME/registry-tokens?q=ci", "/projects/ACME/tokens/ci-main"] {
            let reply = nobody.get(page).await;
            assert!(reply.status == 303 && !reply.tells("ci-main"), "{reply:?}");
            let next = form_urlencoded::Serializer::new(String::new()).append_pair("next", page).finish();
            assert!(page == "/" || reply.header("location") == format!("/sign-in?{next}"), "{reply:?}");
        }
    }
    assert_eq!(app.dump().await, before);
}

async fn after_signing_in_a_form_leads_back_to_its_page(app: TestApp) {
    let [_, form] = asks::generate("ACME", "ci-main");
    let reply = form.by(&app.browser()).await;
    let next = reply.header("location").split_once("next=").expect("a way back").1;
    assert_eq!(next.replace("%2F", "/"), PAGE);
    let [_, form] = asks::test("ACME", "ci-main", "acme.ci-main", "wrt_wrong");
    let reply = form.by(&app.browser()).await;
    let next = reply.header("location").split_once("next=").expect("a way back").1;
    assert_eq!(next.replace("%2F", "/"), "/projects/ACME/tokens/ci-main");
}

async fn a_customer_manages_their_own_tokens(app: TestApp) {
    let carol = app.signed_in(CAROL).await;
    for ask in asks::generate("ACME", "own") {
        assert_eq!(ask.by(&carol).await.status, 200, "{ask:?}");
    }
    assert_eq!(asks::list("ACME").by(&carol).await.listed().len(), 2);
    for at in 0..asks::CHANGES {
        // Each change gets its own token, because a token can be deleted only once.
        let token = app.token(CAROL, "ACME", &format!("own-{at}")).await;
        let ask = &asks::changes("ACME", &token.row.id)[at];
        let reply = ask.by(&carol).await;
        assert!(matches!(reply.status, 200 | 303), "{ask:?}: {}", reply.status);
    }
}

async fn a_token_that_a_customer_may_not_see_answers_like_one_that_does_not_exist(app: TestApp) {
    let hidden = [
        app.token(DAVE, "ACME", "his").await,
        app.token(ADMIN, "ACME", "the-admins").await,
        app.service_token(ADMIN, "ACME", "pipeline", PIPELINE).await,
        app.token(GINA, "GLOBEX", "foreign").await,
    ];
    let carol = app.signed_in(CAROL).await;
    let random = id::new(app.state.clock.now_millis(), &app.state.random);
    let mut expected = Vec::new();
    for nothing in asks::on_token("ACME", &random) {
        let reply = nothing.by(&carol).await;
        assert_eq!(reply.status, 404, "{nothing:?}");
        expected.push(reply.seen());
    }
    for token in &hidden {
        for (ask, expected) in asks::on_token("ACME", &token.row.id).iter().zip(&expected) {
            assert_eq!(&ask.by(&carol).await.seen(), expected, "{ask:?}");
        }
        for (ask, nothing) in asks::by_name("ACME", &token.row.name).iter().zip(asks::by_name("ACME", "no-such-token")) {
            let reply = ask.by(&carol).await;
            assert_eq!(reply.status, 404, "{ask:?}");
            assert_eq!(reply.seen(), nothing.by(&carol).await.seen(), "{ask:?}");
        }
    }
    for token in &hidden {
        assert!(app.lets_in(&token.row.login_name, &token.secret).await, "nothing was changed");
    }
}

async fn a_page_tells_nothing_of_a_token_that_a_customer_may_not_see(app: TestApp) {
    let hidden = app.token(DAVE, "ACME", "his-token").await;
    let carol = app.signed_in(CAROL).await;
    let random = id::new(app.state.clock.now_millis(), &app.state.random);
    for dialog in ["resync", "regenerate", "delete", "disable", "enable"] {
        let shown = async |id: &str| carol.get(&format!("{PAGE}?dialog={dialog}-{id}&q=his")).await.seen().replace(id, "ID");
        let page = shown(&hidden.row.id).await;
        assert_eq!(page, shown(&random).await);
        assert!(page.starts_with("200") && !page.contains("his-token"));
        let first_rows = async |id: &str| asks::page("ACME", &format!("dialog={dialog}-{id}&q=his")).by(&carol).await.seen();
        let rows = first_rows(&hidden.row.id).await;
        assert_eq!(rows, first_rows(&random).await);
        assert!(rows.starts_with("200") && !rows.contains("his-token"));
    }
}

async fn another_tenant_cannot_tell_a_project_from_none(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let before = app.rows(ADMIN, "ACME").await;
    let gina = app.signed_in(GINA).await;
    for (foreign, nothing) in asks::all("ACME", &token.row.id).iter().zip(asks::all("NOWHERE", &token.row.id)) {
        let reply = foreign.by(&gina).await;
        assert_eq!(reply.status, 404, "{foreign:?}");
        assert_eq!(reply.seen(), nothing.by(&gina).await.seen(), "{foreign:?}");
    }
    let page = gina.get(PAGE).await;
    assert_eq!(page.status, 404);
    assert_eq!(page.seen(), gina.get("/projects/NOWHERE/registry-tokens").await.seen());
    let home = gina.get("/").await;
    assert!(home.tells("Globex") && !home.tells("Acme"), "{home:?}");
    let own = asks::projects().by(&gina).await;
    assert!(own.status == 200 && own.tells("Globex") && !own.tells("Acme"), "{own:?}");
    assert_eq!(app.rows(ADMIN, "ACME").await, before);
}

async fn a_token_is_not_found_through_another_project(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let gina = app.signed_in(GINA).await;
    for ask in asks::changes("GLOBEX", &token.row.id) {
        assert_eq!(ask.by(&gina).await.status, 404, "{ask:?}");
    }
    assert_eq!(app.row(CAROL, "ACME", "ci-main").await, token.row);
}

async fn an_admin_manages_every_token_of_the_project(app: TestApp) {
    let admin = app.signed_in(ADMIN).await;
    for ask in asks::generate("ACME", "own").into_iter().chain(asks::generate_service("ACME", "pipeline", PIPELINE)) {
        assert_eq!(ask.by(&admin).await.status, 200, "{ask:?}");
    }
    for at in 0..asks::CHANGES {
        let hers = app.token(CAROL, "ACME", &format!("hers-{at}")).await;
        let service = app.service_token(ADMIN, "ACME", &format!("service-{at}"), PIPELINE).await;
        for token in [&hers, &service] {
            let ask = &asks::changes("ACME", &token.row.id)[at];
            let reply = ask.by(&admin).await;
            assert!(matches!(reply.status, 200 | 303), "{ask:?}: {}", reply.status);
        }
    }
    let listed = asks::list("ACME").by(&admin).await.listed();
    assert_eq!(listed.len(), 4 + 8, "all but the four that were deleted");
}

async fn a_customer_cannot_make_a_service_token(app: TestApp) {
    let carol = app.signed_in(CAROL).await;
    for ask in asks::generate_service("ACME", "pipeline", PIPELINE) {
        let reply = ask.by(&carol).await;
        assert_eq!(reply.status, 403, "{ask:?}");
        assert!(reply.tells("Only a customer admin can generate a service token."), "{}", reply.body);
    }
    assert!(app.rows(ADMIN, "ACME").await.is_empty());
}

async fn a_customer_is_not_told_the_service_users(app: TestApp) {
    let (carol, admin) = (app.signed_in(CAROL).await, app.signed_in(ADMIN).await);
    for (browser, told) in [(carol, false), (admin, true)] {
        assert_eq!(browser.get(PAGE).await.tells(PIPELINE), told);
        for ask in [asks::list("ACME"), asks::page("ACME", "")] {
            assert_eq!(ask.by(&browser).await.tells(PIPELINE), told, "{ask:?}");
        }
    }
}

async fn a_deactivated_person_is_out_at_the_next_request(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let carol = app.signed_in(CAROL).await;
    assert_eq!(asks::list("ACME").by(&carol).await.status, 200);
    app.app_error(accounts::deactivate(&app.state, CAROL).await).await.expect("she is deactivated");
    for ask in asks::all("ACME", &token.row.id) {
        assert_eq!(ask.by(&carol).await.status, if ask.is_function() { 401 } else { 303 }, "{ask:?}");
    }
    assert_eq!(carol.get("/").await.header("location"), "/sign-in");
    assert_eq!(app.row(ADMIN, "ACME", "ci-main").await.generation, 1);
}

async fn a_person_who_left_finds_the_project_no_more(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let carol = app.signed_in(CAROL).await;
    app.reimport_catalogue(|catalogue| remove(&mut project(catalogue, "ACME")["members"], "email", CAROL)).await;
    for ask in asks::all("ACME", &token.row.id) {
        assert_eq!(ask.by(&carol).await.status, 404, "{ask:?}");
    }
    assert_eq!(carol.get(PAGE).await.status, 404);
    let home = carol.get("/").await;
    assert!(home.status == 200 && !home.tells("Acme Production") && home.tells("Acme Legacy"));
}

async fn a_change_of_role_counts_at_the_next_request(app: TestApp) {
    app.token(DAVE, "ACME", "his").await;
    let carol = app.signed_in(CAROL).await;
    let seen = async || asks::list("ACME").by(&carol).await.listed().len();
    assert_eq!(seen().await, 0);
    app.reimport_catalogue(|catalogue| project(catalogue, "ACME")["members"][1]["role"] = "admin".into()).await;
    assert_eq!(seen().await, 1);
    app.reimport_catalogue(|_| {}).await;
    assert_eq!(seen().await, 0);
}

async fn every_denial_leaves_a_row_in_the_audit_trail(app: TestApp) {
    let his = app.token(DAVE, "ACME", "his").await;
    let carol = app.signed_in(CAROL).await.from([198, 51, 100, 7]).with("user-agent", "Firefox");
    let denials = async || app.number("SELECT count(*) FROM audit WHERE action LIKE '%.denied'", &[]).await;
    let mut expected = 0;
    let denied = asks::changes("ACME", &his.row.id).into_iter().chain(asks::generate_service("ACME", "pipeline", PIPELINE));
    for ask in denied.chain(asks::all("GLOBEX", &his.row.id)) {
        ask.by(&carol).await;
        expected += 1;
        assert_eq!(denials().await, expected, "{ask:?}");
        app.next_window();
    }
    for (action, rows) in [
        ("token.resync.denied", 2),
        ("token.regenerate.denied", 2),
        ("token.delete.denied", 2),
        ("token.generate.denied", 2),
        ("project.denied", 24),
    ] {
        let audit = app.audit(action).await;
        assert_eq!(audit.len(), rows, "{action}");
        for row in audit {
            assert_eq!((row.actor.as_str(), row.address.as_str(), row.client.as_str()), (CAROL, "198.51.100.7", "Firefox"));
            assert_eq!(row.project_key.as_deref(), Some(if action == "project.denied" { "GLOBEX" } else { "ACME" }));
        }
    }
    assert_eq!(app.audit("token.delete.denied").await[0].token_id, Some(his.row.id));
}

async fn no_change_can_be_made_with_a_get(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let carol = app.signed_in(CAROL).await;
    let before = app.dump().await;
    let id = &token.row.id;
    assert_eq!(carol.get("/api/projects/list").await.status, 405);
    for function in ["list", "page", "details", "test", "generate", "resync", "regenerate", "delete", "change-many", "check-many"]
    {
        let query = format!("project_key=ACME&token_id={id}&generation=1&name=got&kind=User");
        assert_eq!(carol.get(&format!("/api/tokens/{function}?{query}")).await.status, 405, "{function}");
        let reply = carol.get(&format!("{PAGE}/{function}?{query}")).await;
        assert!(matches!(reply.status, 303 | 405), "{function}: {}", reply.status);
    }
    assert_eq!(carol.get("/sign-out").await.status, 405);
    assert_eq!(app.dump().await, before);
}

async fn what_cannot_be_read_is_the_callers_fault_and_changes_nothing(app: TestApp) {
    let carol = app.signed_in(CAROL).await;
    let before = app.dump().await;
    for ask in asks::all("ACME", "x") {
        let replies = match &ask {
            Ask::Function(path, _) => vec![carol.call(path, "\u{7f}".into()).await, carol.call(path, "".into()).await],
            Ask::Form(path, _) => vec![carol.form(path, &[("generation", "many")]).await],
        };
        for reply in replies {
            assert!((400..500).contains(&reply.status), "{ask:?}: {} {}", reply.status, reply.body);
        }
    }
    assert_eq!(app.dump().await, before);
}
