//! A plain secret appears only in the one response that reveals it; not in the database, files, other pages, lists or logs.

use axum::http::Method;
use leptos::server_fn::{ContentType, Encodes, ServerFn};

use crate::{
    api::tokens::TestToken,
    models::{bulk::BulkAction, token::RevealedSecret},
};

use crate::tests::support::{
    TestApp,
    asks::{self, Ask},
    catalogue::{ADMIN, CAROL, PIPELINE},
    http::{Browser, Codec, PASSWORD, Reply, exchange},
    logs, on_both,
    registry::{SERVICE, basic},
};

on_both! {
    a_secret_is_in_one_answer_and_in_no_table_file_page_or_list,
    a_publishers_secret_is_kept_nowhere,
    a_password_is_kept_nowhere,
    a_secret_in_the_place_of_a_name_is_kept_and_logged_nowhere,
    a_secret_in_a_form_is_refused_and_kept_nowhere,
    an_answer_with_a_secret_is_kept_by_nobody,
    no_log_holds_a_secret_a_password_or_a_session,
    an_audit_row_is_never_changed_and_never_deleted,
}

/// The secret that a page shows in its read-only field.
fn shown_secret(page: &Reply) -> String {
    let field = page.body.split("<input").find(|field| field.contains("id=\"token-secret\"")).expect("the field Token Secret");
    let value = field.split("value=\"").nth(1).and_then(|rest| rest.split('"').next());
    value.expect("a value").to_owned()
}

/// Secrets from every way to get one (User token, Service token, re-generate), by server function and by form; and replaced ones.
async fn secrets(app: &TestApp, admin: &Browser<'_>) -> Vec<String> {
    let mut secrets = Vec::new();
    let made = asks::generate("ACME", "own").into_iter().chain(asks::generate_service("ACME", "pipeline", PIPELINE));
    let mut asked: Vec<Ask> = made.collect();
    let renewed = app.token(CAROL, "ACME", "renewed").await;
    let renewed_by_form = app.token(CAROL, "ACME", "renewed-form").await;
    let [_, _, function, ..] = asks::changes("ACME", &renewed.row.id);
    let [_, _, _, form, ..] = asks::changes("ACME", &renewed_by_form.row.id);
    asked.extend([function, form]);
    for ask in &asked {
        let reply = ask.by(admin).await;
        let secret = match ask {
            Ask::Function(..) => reply.output::<RevealedSecret>().secret,
            Ask::Form(..) => shown_secret(&reply),
        };
        assert!(crate::server::crypto::secret::is_well_formed(&secret), "{ask:?}");
        assert!(reply.header("cache-control") == "no-store" && reply.header("location").is_empty(), "{ask:?}");
        secrets.push(secret);
    }
    secrets.extend([renewed.secret, renewed_by_form.secret]);
    secrets
}

async fn a_secret_is_in_one_answer_and_in_no_table_file_page_or_list(app: TestApp) {
    let admin = app.signed_in(ADMIN).await;
    let secrets = secrets(&app, &admin).await;
    let mut later = vec![asks::list("ACME").by(&admin).await];
    for row in app.rows(ADMIN, "ACME").await {
        for dialog in ["resync", "regenerate", "delete"] {
            later.push(admin.get(&format!("/projects/ACME/registry-tokens?dialog={dialog}-{}", row.id)).await);
        }
    }
    later.extend([admin.get("/").await, admin.get("/projects/ACME/registry-tokens?dialog=generate").await]);
    assert_eq!(secrets.len(), 8);
    for secret in &secrets {
        assert_eq!(app.holders(secret).await, [""; 0]);
        // The random part alone is not stored either.
        assert_eq!(app.holders(&secret[4..37]).await, [""; 0]);
        assert!(!later.iter().any(|reply| reply.tells(&secret[4..37])));
    }
    assert!(!app.holders("acme.own").await.is_empty(), "what is kept would be found");
}

async fn a_publishers_secret_is_kept_nowhere(app: TestApp) {
    let (_, secret) = app.publisher("release", "wso2-apim/*").await.expect("a publisher");
    assert!(app.lets_in("release", &secret).await);
    assert_eq!(app.holders(&secret).await, [""; 0]);
}

async fn a_password_is_kept_nowhere(app: TestApp) {
    app.signed_in(CAROL).await;
    let wrong = "a password that is wrong";
    let reply = app.browser().sign_in(CAROL, wrong).await;
    assert!(!reply.tells(wrong), "the page that says so does not repeat it");
    for password in [PASSWORD, wrong] {
        assert_eq!(app.holders(password).await, [""; 0]);
    }
    assert!(!app.holders("$argon2id$").await.is_empty());
}

async fn a_secret_in_the_place_of_a_name_is_kept_and_logged_nowhere(app: TestApp) {
    let recording = logs::record();
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let carol = app.signed_in(CAROL).await;
    let typed = [token.secret.clone(), token.secret.to_uppercase(), format!(" {}", token.secret)];
    for (n, typed) in typed.iter().enumerate() {
        let stranger = app.browser().from([198, 51, 100, u8::try_from(n).expect("a few")]);
        for _ in 0..11 {
            stranger.ask(typed, "", &["repository:wso2-apim/am:pull"]).await;
            let page = stranger.sign_in(typed, "a wrong password").await;
            assert!(!page.tells(typed.trim()), "{}", page.body);
        }
        app.ask(&token, &[&format!("repository:{}:pull", typed.trim())]).await;
        app.next_window();
    }
    // Login names and e-mails are stored in lower case.
    let random = typed.iter().flat_map(|typed| [typed.trim()[4..37].to_owned(), typed.trim()[4..37].to_lowercase()]);
    let random: Vec<String> = random.collect();
    let log = recording.text();
    for random in &random {
        assert_eq!(log.lines().find(|line| line.contains(random)), None);
    }
    // A secret in a URL is already in a proxy's log, but the portal does not store it.
    for typed in &typed {
        carol.get(&format!("/projects/{}/registry-tokens", typed.trim())).await;
    }
    for random in &random {
        assert_eq!(app.holders(random).await, [""; 0]);
    }
    for action in ["registry.login.denied", "registry.throttled.denied"] {
        let rows = app.audit(action).await;
        assert!(!rows.is_empty() && rows.iter().all(|row| row.login_name.as_deref() == Some("(a secret)")), "{action}");
    }
    for action in ["sign_in.denied", "sign_in.throttled.denied"] {
        let rows = app.audit(action).await;
        assert!(!rows.is_empty() && rows.iter().all(|row| row.actor == "(a secret)"), "{action}");
    }
}

/// Of a dialog's form, by function and by form: the refused form does not repeat it either.
async fn a_secret_in_a_form_is_refused_and_kept_nowhere(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let admin = app.signed_in(ADMIN).await;
    let random = &token.secret[4..37];
    let reason = format!("leaked: {}", token.secret);
    let action = BulkAction::Disable { reason: reason.clone() };
    let mut replies = vec![asks::change_many("ACME", &[&token.row.id], action).by(&admin).await];
    let fields = [
        ("token_id", token.row.id.as_str()),
        ("name", &token.secret),
        ("service_user", &token.secret),
        ("reason", &reason),
        ("confirm", &token.secret),
    ];
    for action in ["disable", "generate"] {
        replies.push(admin.form(&format!("/projects/ACME/registry-tokens/{action}"), &fields).await);
    }
    replies.push(admin.get(&format!("/projects/ACME/registry-tokens?q={}", token.secret)).await);
    for reply in replies {
        assert!(matches!(reply.status, 200 | 422) && !reply.tells(random), "{reply:?}");
    }
    assert!(app.lets_in(&token.row.login_name, &token.secret).await, "it is not disabled");
    assert_eq!(app.holders(random).await, [""; 0]);
}

async fn an_answer_with_a_secret_is_kept_by_nobody(app: TestApp) {
    let admin = app.signed_in(ADMIN).await;
    for ask in asks::generate("ACME", "ci-main").iter().chain(&[asks::list("ACME")]) {
        let reply = ask.by(&admin).await;
        assert_eq!((reply.status, reply.header("cache-control")), (200, "no-store"), "{ask:?}");
    }
    for page in ["/", "/projects/ACME/registry-tokens", "/sign-in", "/nowhere"] {
        assert_eq!(admin.get(page).await.header("cache-control"), "no-store", "{page}");
    }
}

/// The text of one HTTP/1.1 request.
fn request(method: &Method, path: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n{body}")
}

/// The part of a text between the first `from` and the next `to`.
fn between(text: &str, from: &str, to: char) -> String {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("{from} in {text}"));
    rest.split(to).next().unwrap_or_default().to_owned()
}

/// Over a real socket, so that every layer writes its logs.
async fn no_log_holds_a_secret_a_password_or_a_session(app: TestApp) {
    let recording = logs::record();
    app.set_password(ADMIN).await;
    let address = app.listen().await;
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    let encoded = |pairs: &[(&str, &str)]| form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();

    let sign_in = encoded(&[("email", ADMIN), ("password", PASSWORD)]);
    let signed_in = exchange(address, request(&Method::POST, "/sign-in", form, &sign_in)).await;
    let cookie = between(&signed_in, "registry-tokens-session=", ';');
    let wrong = encoded(&[("email", ADMIN), ("password", "a-wrong-password")]);
    exchange(address, request(&Method::POST, "/sign-in", form, &wrong)).await;

    let session = format!("Cookie: registry-tokens-session={cookie}\r\n{form}");
    let generate = encoded(&[("name", "logged"), ("kind", "user")]);
    let page = exchange(address, request(&Method::POST, "/projects/ACME/registry-tokens/generate", &session, &generate)).await;
    let secret = page.split("wrt_").nth(1).map(|rest| format!("wrt_{}", &rest[..39])).expect("a secret");

    let pull = format!("/token?service={SERVICE}&scope=repository:wso2-apim/am:pull");
    let credentials = basic("acme.logged", &secret);
    let answer = exchange(address, request(&Method::GET, &pull, &format!("Authorization: {credentials}\r\n"), "")).await;
    let jwt = between(&answer, "\"token\":\"", '"');
    let grant = [("grant_type", "password"), ("service", SERVICE), ("username", "acme.logged")];
    for password in [&secret, "wrt_another-wrong-secret"] {
        let body = encoded(&[&grant[..], &[("password", password)]].concat());
        exchange(address, request(&Method::POST, "/token", form, &body)).await;
    }
    let test = TestToken {
        project_key: "ACME".to_owned(),
        name: "logged".to_owned(),
        login_name: String::new(),
        secret: secret.clone(),
    };
    let body = String::from_utf8(Codec::encode(&test).expect("arguments can be written").to_vec()).expect("short texts");
    let headers = format!("Cookie: registry-tokens-session={cookie}\r\nContent-Type: {}\r\n", Codec::CONTENT_TYPE);
    let tested = exchange(address, request(&Method::POST, TestToken::PATH, &headers, &body)).await;
    assert!(tested.starts_with("HTTP/1.1 200 "), "{tested}");
    // The cause of an internal error is logged too.
    app.state.db.close().await;
    let failed = exchange(address, request(&Method::POST, "/sign-in", form, &sign_in)).await;
    assert!(failed.starts_with("HTTP/1.1 503 "), "{failed}");

    let log = recording.text();
    for said in ["registry.answered", "registry.refused", "database.unavailable", "INSERT INTO token_secrets", "TRACE"] {
        assert!(log.contains(said), "the log does not say {said}");
    }
    let unsaid = [
        secret.as_str(),
        &secret[4..37],
        &jwt,
        jwt.rsplit('.').next().expect("a signature"),
        &cookie,
        &credentials,
        &credentials[6..],
        PASSWORD,
        &PASSWORD.replace(' ', "+"),
        "a-wrong-password",
        "another-wrong-secret",
        &app.state.hasher.hash(&secret),
    ];
    for unsaid in unsaid {
        let line = log.lines().find(|line| line.contains(unsaid));
        assert_eq!(line, None, "{unsaid}");
    }
}

async fn an_audit_row_is_never_changed_and_never_deleted(app: TestApp) {
    app.token(CAROL, "ACME", "ci-main").await;
    let before = app.dump().await;
    let both = [
        "UPDATE audit SET actor = 'nobody'",
        "UPDATE audit SET detail = '' WHERE action = 'token.generated'",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE action = 'token.generated'",
        "INSERT INTO audit SELECT * FROM audit WHERE at > 0 ON CONFLICT (id) DO UPDATE SET actor = 'nobody'",
    ];
    let own = if app.is_sqlite() { "INSERT OR REPLACE INTO audit SELECT * FROM audit" } else { "TRUNCATE audit" };
    for sql in both.into_iter().chain([own]) {
        let refusal = app.try_execute(sql).await.expect_err(sql);
        assert!(refusal.contains("audit rows are never"), "{sql}: {refusal}");
    }
    assert_eq!(app.dump().await, before);
}
