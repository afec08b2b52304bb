//! Signing in, signing out, and sessions.

use ring::digest;

use crate::server::{
    accounts::{self, store::MAX_SESSIONS},
    client_info::ClientInfo,
    error::ServiceError,
};

use crate::tests::support::{
    TestApp, asks,
    catalogue::{CAROL, DAVE, find},
    http::{PASSWORD, Reply},
    on_both,
};

on_both! {
    a_session_cookie_is_out_of_reach_for_scripts_and_other_sites,
    under_https_a_session_cookie_is_bound_to_the_host,
    the_database_holds_a_sessions_hash_only,
    signing_out_ends_the_session,
    signing_in_again_ends_the_session_before,
    more_sessions_than_a_user_may_have_end_the_oldest,
    a_session_expires,
    a_new_password_ends_every_session,
    who_is_activated_again_signs_in_anew,
    a_wrong_e_mail_and_a_wrong_password_look_the_same,
    an_e_mail_has_no_case_and_a_password_has,
    signing_in_leads_on_to_where_one_wanted_to_go,
    one_e_mail_is_throttled_from_one_address_only,
    behind_a_trusted_proxy_each_client_is_throttled_alone,
    an_address_cannot_be_made_up,
    a_sign_in_and_a_denial_are_in_the_audit_trail,
    a_password_too_short_or_for_nobody_is_not_set,
}

/// The session cookie that a response sets, with its attributes.
fn cookie(reply: &Reply) -> Vec<&str> {
    reply.header("set-cookie").split("; ").collect()
}

async fn a_session_cookie_is_out_of_reach_for_scripts_and_other_sites(app: TestApp) {
    app.set_password(CAROL).await;
    let reply = app.browser().sign_in(CAROL, PASSWORD).await;
    assert_eq!((reply.status, reply.header("location"), reply.header("cache-control")), (303, "/", "no-store"));
    let cookie = cookie(&reply);
    let value = cookie[0].strip_prefix("registry-tokens-session=").expect("the cookie's name");
    assert!(value.len() >= 43, "256 bits: {value}");
    let mut rest = cookie[1..].to_vec();
    rest.sort_unstable();
    assert_eq!(rest, ["HttpOnly", "Path=/", "SameSite=Lax"]);
}

async fn under_https_a_session_cookie_is_bound_to_the_host(app: TestApp) {
    let app = app.with(|config| config.url = "https://tokens.example.test".parse().expect("an address")).await;
    app.set_password(CAROL).await;
    let reply = app.browser().sign_in(CAROL, PASSWORD).await;
    let cookie = cookie(&reply);
    let (name, value) = cookie[0].split_once('=').expect("a name");
    assert_eq!(name, "__Host-registry-tokens-session");
    let mut rest = cookie[1..].to_vec();
    rest.sort_unstable();
    assert_eq!(rest, ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]);
    let page = app.browser().with("cookie", cookie[0]).get("/").await;
    assert_eq!((page.status, page.header("strict-transport-security")), (200, "max-age=31536000"));
    let unbound = app.browser().with("cookie", &format!("registry-tokens-session={value}")).get("/").await;
    assert_eq!(unbound.status, 303, "another host of the domain could have set this one");
}

async fn the_database_holds_a_sessions_hash_only(app: TestApp) {
    app.set_password(CAROL).await;
    let reply = app.browser().sign_in(CAROL, PASSWORD).await;
    let value = cookie(&reply)[0].strip_prefix("registry-tokens-session=").expect("the cookie's name");
    assert_eq!(app.holders(value).await, [""; 0]);
    let hash = data_encoding::HEXLOWER.encode(digest::digest(&digest::SHA256, value.as_bytes()).as_ref());
    assert!(app.holders(&hash).await.contains(&"sessions".to_owned()));
}

async fn signing_out_ends_the_session(app: TestApp) {
    let (carol, other) = (app.signed_in(CAROL).await, app.browser().sign_in(CAROL, PASSWORD).await);
    let reply = carol.form("/sign-out", &[]).await;
    assert_eq!((reply.status, reply.header("location")), (303, "/sign-in"));
    let cookie_gone = cookie(&reply);
    assert!(cookie_gone[0] == "registry-tokens-session=" && cookie_gone.contains(&"Max-Age=0"), "{cookie_gone:?}");
    // A copy of the cookie is no longer valid.
    assert_eq!(carol.get("/").await.status, 303);
    assert_eq!(asks::list("ACME").by(&carol).await.status, 401);
    let other = app.browser().with("cookie", cookie(&other)[0]);
    assert_eq!(other.get("/").await.status, 200, "a session elsewhere goes on");
    assert_eq!(app.browser().form("/sign-out", &[]).await.status, 303, "signed out is signed out");
}

async fn signing_in_again_ends_the_session_before(app: TestApp) {
    let carol = app.signed_in(CAROL).await;
    let reply = carol.sign_in(CAROL, PASSWORD).await;
    assert_eq!(carol.get("/").await.status, 303);
    assert_eq!(app.browser().with("cookie", cookie(&reply)[0]).get("/").await.status, 200);
}

async fn more_sessions_than_a_user_may_have_end_the_oldest(app: TestApp) {
    let (dave, carol) = (app.signed_in(DAVE).await, app.signed_in(CAROL).await);
    let sql = "INSERT INTO sessions (cookie_hash, user_id, created_at, expires_at)
               SELECT $1, user_id, created_at + 1, expires_at FROM sessions s JOIN users u ON u.id = s.user_id
               WHERE u.email = $2 ORDER BY created_at LIMIT 1";
    for n in 1..MAX_SESSIONS {
        app.execute(sql, &[n.to_string().as_str().into(), CAROL.into()]).await;
    }
    assert_eq!(carol.get("/").await.status, 200, "as many as there may be");
    let reply = app.browser().sign_in(CAROL, PASSWORD).await;
    assert_eq!(app.browser().with("cookie", cookie(&reply)[0]).get("/").await.status, 200);
    assert_eq!((carol.get("/").await.status, dave.get("/").await.status), (303, 200));
    let sql = "SELECT count(*) FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = $1";
    assert_eq!(app.number(sql, &[CAROL.into()]).await, MAX_SESSIONS);
}

async fn a_session_expires(app: TestApp) {
    let app = app.with(|config| config.session_hours = 2).await;
    let carol = app.signed_in(CAROL).await;
    app.pass(2 * 3600 - 1);
    assert_eq!(carol.get("/").await.status, 200, "use does not prolong it");
    app.pass(1);
    assert_eq!(carol.get("/").await.status, 303);
    app.signed_in(DAVE).await;
    assert_eq!(app.number("SELECT count(*) FROM sessions", &[]).await, 1, "what has ended is swept out");
}

async fn a_new_password_ends_every_session(app: TestApp) {
    let (carol, dave) = (app.signed_in(CAROL).await, app.signed_in(DAVE).await);
    let set = accounts::set_password(&app.state, "Carol@acme.example ", "another password".to_owned()).await;
    app.app_error(set).await.expect("the password is set");
    assert_eq!((carol.get("/").await.status, dave.get("/").await.status), (303, 200));
    assert_eq!(app.browser().sign_in(CAROL, PASSWORD).await.status, 401);
    assert_eq!(app.browser().sign_in(CAROL, "another password").await.status, 303);
}

async fn who_is_activated_again_signs_in_anew(app: TestApp) {
    for by_import in [false, true] {
        let carol = app.signed_in(CAROL).await;
        if by_import {
            app.reimport_catalogue(|catalogue| find(&mut catalogue["users"], "email", CAROL)["active"] = false.into()).await;
        } else {
            app.app_error(accounts::deactivate(&app.state, CAROL).await).await.expect("she is deactivated");
        }
        assert_eq!(app.number("SELECT count(*) FROM sessions", &[]).await, 0);
        app.reimport_catalogue(|_| {}).await;
        assert_eq!(carol.get("/").await.status, 303, "the old cookie is worth nothing");
        assert_eq!(app.browser().sign_in(CAROL, PASSWORD).await.status, 303);
        app.execute("DELETE FROM sessions", &[]).await;
    }
}

async fn a_wrong_e_mail_and_a_wrong_password_look_the_same(app: TestApp) {
    app.set_password(CAROL).await;
    let refused = async |email: &str, password: &str| app.browser().sign_in(email, password).await.seen_without(email);
    let expected = refused(CAROL, "a wrong password").await;
    assert!(expected.starts_with("401") && expected.contains("Email or password is wrong."), "{expected}");
    assert!(!expected.contains("set-cookie"));
    for (who, email) in [("nobody", "nobody@acme.example"), ("no password was set", DAVE), ("no e-mail at all", "no-e-mail")] {
        assert_eq!(refused(email, PASSWORD).await, expected, "{who}");
    }
    app.reimport_catalogue(|catalogue| find(&mut catalogue["users"], "email", CAROL)["active"] = false.into()).await;
    assert_eq!(refused(CAROL, PASSWORD).await, expected, "deactivated");
}

async fn an_e_mail_has_no_case_and_a_password_has(app: TestApp) {
    app.set_password(CAROL).await;
    assert_eq!(app.browser().sign_in(" Carol@ACME.example ", PASSWORD).await.status, 303);
    let (upper, padded) = (PASSWORD.to_uppercase(), format!("{PASSWORD} "));
    for password in ["", &upper, &padded, &PASSWORD[1..]] {
        assert_eq!(app.browser().sign_in(CAROL, password).await.status, 401, "{password:?}");
    }
}

async fn signing_in_leads_on_to_where_one_wanted_to_go(app: TestApp) {
    app.set_password(CAROL).await;
    let wanted = "/projects/ACME/registry-tokens?status=expired&q=ci";
    let sign_in = app.browser().get(wanted).await.header("location").to_owned();
    let page = app.browser().get(&sign_in).await;
    assert!(page.body.contains("value=\"/projects/ACME/registry-tokens?status=expired&amp;q=ci\""), "{}", page.body);
    for (next, leads_to) in [(wanted, wanted), ("https://evil.example/", "/"), ("//evil.example", "/"), ("/\\evil.example", "/")]
    {
        let reply = app.browser().form("/sign-in", &[("email", CAROL), ("password", PASSWORD), ("next", next)]).await;
        assert_eq!((reply.status, reply.header("location")), (303, leads_to), "{next}");
    }
}

async fn one_e_mail_is_throttled_from_one_address_only(app: TestApp) {
    app.set_password(CAROL).await;
    app.set_password(DAVE).await;
    let (here, there) = (app.browser().from([198, 51, 100, 7]), app.browser().from([198, 51, 100, 8]));
    for _ in 0..10 {
        assert_eq!(here.sign_in(CAROL, "a wrong password").await.status, 401);
    }
    let refused = here.sign_in("CAROL@acme.example", PASSWORD).await;
    let wait: i64 = refused.header("retry-after").parse().expect("whole seconds");
    assert!(refused.status == 429 && (1..=60).contains(&wait), "{refused:?}");
    assert_eq!(here.sign_in(DAVE, PASSWORD).await.status, 303, "another e-mail from there");
    assert_eq!(there.sign_in(CAROL, PASSWORD).await.status, 303, "she herself, from elsewhere");
    app.pass(wait);
    assert_eq!(here.sign_in(CAROL, PASSWORD).await.status, 303);
}

async fn behind_a_trusted_proxy_each_client_is_throttled_alone(app: TestApp) {
    let app = app.with(|config| config.trusted_proxies = vec!["10.0.0.0/8".parse().expect("a network")]).await;
    app.set_password(CAROL).await;
    let client = |address: &str| app.browser().from([10, 0, 0, 1]).with("x-forwarded-for", address);
    for n in 0..10 {
        // Entries that the client itself put in front of the header do not make it a different client.
        let address = format!("203.0.113.{n}, 198.51.100.7");
        assert_eq!(client(&address).sign_in(CAROL, "a wrong password").await.status, 401);
    }
    assert_eq!(client("198.51.100.7").sign_in(CAROL, PASSWORD).await.status, 429);
    assert_eq!(client("198.51.100.8").sign_in(CAROL, PASSWORD).await.status, 303);
}

async fn an_address_cannot_be_made_up(app: TestApp) {
    app.set_password(CAROL).await;
    for n in 0..10 {
        let forged = app.browser().with("x-forwarded-for", &format!("203.0.113.{n}"));
        assert_eq!(forged.sign_in(CAROL, "a wrong password").await.status, 401);
    }
    assert_eq!(app.browser().with("x-forwarded-for", "203.0.113.99").sign_in(CAROL, PASSWORD).await.status, 429);
}

async fn a_sign_in_and_a_denial_are_in_the_audit_trail(app: TestApp) {
    app.set_password(CAROL).await;
    let firefox = app.browser().from([198, 51, 100, 7]).with("user-agent", "Firefox");
    firefox.sign_in(CAROL, "a wrong password").await;
    firefox.sign_in(CAROL, PASSWORD).await;
    for action in ["sign_in.denied", "sign_in"] {
        let rows = app.audit(action).await;
        assert_eq!(rows.len(), 1, "{action}");
        assert_eq!((rows[0].actor.as_str(), rows[0].address.as_str()), (CAROL, "198.51.100.7"));
    }
    assert_eq!(app.audit("user.password_set").await[0].created_for.as_deref(), Some(CAROL));
}

async fn a_password_too_short_or_for_nobody_is_not_set(app: TestApp) {
    let long = "x".repeat(513);
    for (email, password, field) in
        [(CAROL, "1234567", "password"), (CAROL, &long, "password"), ("nobody@acme.example", PASSWORD, "email")]
    {
        let refusal = app.app_error(accounts::set_password(&app.state, email, password.to_owned()).await).await;
        assert!(refusal.expect_err("a refusal").at(field).is_some(), "{email} {field}");
    }
    let origin = ClientInfo { address: "192.0.2.1".to_owned(), client: String::new() };
    let outcome = accounts::sign_in(&app.state, &app.state.sign_ins, CAROL, "1234567".to_owned(), &origin).await;
    assert!(matches!(outcome, Err(ServiceError::Denied(_))), "nobody signs in without a password");
}
