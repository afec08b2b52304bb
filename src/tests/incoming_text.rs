//! Input texts: normalized e-mails, no invisible characters, lengths in characters, files in the encodings that editors save.

use serde_json::{Value, json};

use crate::{
    models::{bulk::BulkAction, token::TokenType},
    server::{
        accounts,
        files::text_input,
        tokens::{bulk, lifecycle},
    },
};

use super::support::{
    TestApp,
    asks::owned,
    catalogue::{ADMIN, CAROL, find, original, project},
    http::PASSWORD,
    on_both,
};

on_both! {
    an_e_mail_is_one_person_in_every_form,
    every_form_of_an_e_mail_counts_as_one_for_the_throttle,
    a_service_user_is_one_in_every_form,
    a_name_is_found_in_every_form,
    e_mails_of_an_earlier_release_are_brought_to_one_form,
    an_invisible_character_in_any_text_is_refused_with_its_code_point,
    a_name_has_a_visible_character,
    scripts_of_the_world_are_taken,
    an_invisible_character_in_a_token_name_or_a_reason_is_refused_at_its_field,
    lengths_of_a_catalogue_are_counted_in_characters,
    lengths_of_a_password_are_counted_in_characters,
    a_catalogue_is_read_as_powershell_saves_it,
    key_files_are_read_as_powershell_copies_them,
}

/// Two Unicode forms of one name: composed (NFC), and decomposed (NFD) as on a Mac's file system.
const FORMS: [(&str, &str); 3] =
    [("josé", "jose\u{301}"), ("zoë.müller", "zoe\u{308}.mu\u{308}ller"), ("강", "\u{1100}\u{1161}\u{11bc}")];

fn add_member(catalogue: &mut Value, user: &str, member: &str) {
    let users = catalogue["users"].as_array_mut().expect("a list");
    users.push(json!({"email": user, "name": "Newcomer"}));
    let members = project(catalogue, "ACME")["members"].as_array_mut().expect("a list");
    members.push(json!({"email": member, "role": "customer"}));
}

async fn an_e_mail_is_one_person_in_every_form(app: TestApp) {
    for (composed, decomposed) in FORMS {
        let (one, other) = (format!("{composed}@acme.example"), format!("{}@ACME.example", decomposed.to_uppercase()));
        app.reimport_catalogue(|catalogue| add_member(catalogue, &other, &one)).await;
        assert_eq!(app.reimport_catalogue(|catalogue| add_member(catalogue, &one, &other)).await, [""; 0], "{composed}");
        assert_eq!(app.number("SELECT count(*) FROM users WHERE email = $1", &[(&one).into()]).await, 1);
        let mut twice = original();
        add_member(&mut twice, &one, &one);
        add_member(&mut twice, &other, &other);
        let errors = app.import(&twice.to_string(), true).await.expect_err("duplicates");
        assert_eq!(errors.len(), 2, "{errors:?}");
        assert!(errors.iter().all(|error| error.contains("is a duplicate of")), "{errors:?}");

        app.set_password(&other).await;
        for typed in [one.as_str(), &other, &format!("\u{feff}{other}\u{200b}\n")] {
            assert_eq!(app.browser().sign_in(typed, PASSWORD).await.status, 303, "{typed:?}");
        }
        app.token(&one, "ACME", "ci-main").await;
        let admin = app.signed_in(ADMIN).await;
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("for", &other).finish();
        let list = admin.get(&format!("/projects/ACME/registry-tokens.csv?{query}")).await;
        assert!(list.body.contains("acme.ci-main"), "{}", list.body);

        app.app_error(accounts::deactivate(&app.state, &other).await).await.expect("the person is known");
        assert_eq!(app.browser().sign_in(&one, PASSWORD).await.status, 401);
        app.execute("DELETE FROM tokens", &[]).await;
    }
}

async fn every_form_of_an_e_mail_counts_as_one_for_the_throttle(app: TestApp) {
    for at in 0..10 {
        let typed = ["zoë@acme.example", "zoe\u{308}@acme.example", "ZOË@acme.example"][at % 3];
        assert_eq!(app.browser().sign_in(typed, "wrong password").await.status, 401, "{at}");
    }
    for typed in ["zoë@acme.example", "Zoe\u{308}@acme.example"] {
        assert_eq!(app.browser().sign_in(typed, "wrong password").await.status, 429, "{typed:?}");
    }
}

async fn a_service_user_is_one_in_every_form(app: TestApp) {
    let with = |email: &'static str| {
        move |catalogue: &mut Value| {
            let users = project(catalogue, "ACME")["service_users"].as_array_mut().expect("a list");
            users.push(json!({"email": email, "name": "Builder"}));
        }
    };
    app.reimport_catalogue(with("ba\u{302}tisseur@acme.example")).await;
    assert_eq!(app.reimport_catalogue(with("b\u{e2}tisseur@acme.example")).await, [""; 0]);
    let token = app.service_token(ADMIN, "ACME", "pipeline", "BA\u{302}TISSEUR@acme.example").await;
    assert_eq!((token.row.kind, token.row.created_for.email.as_str()), (TokenType::Service, "b\u{e2}tisseur@acme.example"));
    assert!(app.pulls(&token, "wso2-apim/am").await);
}

async fn a_name_is_found_in_every_form(app: TestApp) {
    app.reimport_catalogue(|catalogue| {
        find(&mut catalogue["users"], "email", CAROL)["name"] = "Zoe\u{308} A\u{30a}ngstro\u{308}m".into()
    })
    .await;
    app.token(CAROL, "ACME", "ci-main").await;
    let admin = app.signed_in(ADMIN).await;
    for (search, found) in
        [("zoë", true), ("ZOE\u{308}", true), ("\u{212b}ngstr\u{f6}m", true), ("\u{200b}Zo\u{ad}ë\u{feff}", true), ("zoé", false)]
    {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("q", search).finish();
        let list = admin.get(&format!("/projects/ACME/registry-tokens.csv?{query}")).await;
        assert_eq!(list.body.contains("acme.ci-main"), found, "{search:?}");
    }
}

async fn e_mails_of_an_earlier_release_are_brought_to_one_form(app: TestApp) {
    let user = app.token(CAROL, "ACME", "of-carol").await;
    let service = app.service_token(ADMIN, "ACME", "of-ci", "ci@acme.example").await;
    app.execute("UPDATE users SET email = $1 WHERE email = $2", &["ce\u{301}line@acme.example".into(), CAROL.into()]).await;
    let sql = "INSERT INTO service_users (project_key, email, name, active) VALUES ('ACME', $1, 'Builder', 1)";
    let old = "b\u{200b}ouwe\u{308}r@acme.example";
    app.execute(sql, &[old.into()]).await;
    app.execute("UPDATE tokens SET created_for_service_user = $1 WHERE name = 'of-ci'", &[old.into()]).await;
    // Two users whose e-mails have the same normalized form.
    for (id, email) in [("a", "n\u{f6}el@acme.example"), ("b", "no\u{308}el@acme.example")] {
        let sql = "INSERT INTO users (id, email, name, active) VALUES ($1, $2, 'Nöel', 1)";
        app.execute(sql, &[id.into(), email.into()]).await;
    }

    let app = app.with(|_| {}).await;
    let emails = ["c\u{e9}line@acme.example", "n\u{f6}el@acme.example", "no\u{308}el@acme.example"];
    for email in emails {
        assert_eq!(app.number("SELECT count(*) FROM users WHERE email = $1", &[email.into()]).await, 1, "{email:?}");
    }
    let row = app.row(ADMIN, "ACME", "of-ci").await;
    assert_eq!(row.created_for.email, "bouw\u{eb}r@acme.example");
    assert_eq!(app.number("SELECT count(*) FROM service_users WHERE email = $1", &[old.into()]).await, 0);
    assert!(app.pulls(&user, "wso2-apim/am").await && app.pulls(&service, "wso2-apim/am").await);
    let before = app.dump().await;
    let app = app.with(|_| {}).await;
    assert_eq!(app.dump().await, before, "it is done once");
}

async fn an_invisible_character_in_any_text_is_refused_with_its_code_point(app: TestApp) {
    let text = json!({
        "products": [{"key": "ne\u{2060}w", "name": "N\u{ad}ew", "repositories": ["new/\u{200b}*", "\u{feff}new/*"]}],
        "users": [
            {"email": "ne\u{200b}w@acme.example", "name": "New\u{202e}cilbup"},
            {"email": "\u{feff}new@acme.example", "name": "Tagged\u{e0041}"},
            {"email": "new@acme.example\u{200e}", "name": "\u{3164}", "na\u{200d}me": "x"},
        ],
        "projects": [{
            "key": "N\u{180e}EW", "name": "New\u{2028}project", "type": "Sub\u{2066}", "support_tier": "Enter\u{fe0f}prise",
            "subscriptions": [{"product": "wso2\u{2011}\u{200d}is", "starts": "2026-01-01\u{206f}", "ends": "2026\u{61c}-12-31"}],
            "members": [{"email": "carol@acme.\u{2800}example", "role": "admin\u{fff9}"}],
            "service_users": [{"email": "ci\u{115f}@acme.example", "name": "C\u{34f}I"}],
        }],
    });
    let expected = [
        ("$.products[0].key", "U+2060"),
        ("$.products[0].name", "U+00AD"),
        ("$.products[0].repositories[0]", "U+200B"),
        ("$.products[0].repositories[1]", "U+FEFF"),
        ("$.users[0].email", "U+200B"),
        ("$.users[0].name", "U+202E"),
        ("$.users[1].email", "U+FEFF"),
        ("$.users[1].name", "U+E0041"),
        ("$.users[2].na\\u{200d}me", "U+200D"),
        ("$.users[2].email", "U+200E"),
        ("$.users[2].name", "U+3164"),
        ("$.projects[0].key", "U+180E"),
        ("$.projects[0].name", "U+2028"),
        ("$.projects[0].type", "U+2066"),
        ("$.projects[0].support_tier", "U+FE0F"),
        ("$.projects[0].subscriptions[0].product", "U+200D"),
        ("$.projects[0].subscriptions[0].starts", "U+206F"),
        ("$.projects[0].subscriptions[0].ends", "U+061C"),
        ("$.projects[0].members[0].email", "U+2800"),
        ("$.projects[0].members[0].role", "U+FFF9"),
        ("$.projects[0].service_users[0].email", "U+115F"),
        ("$.projects[0].service_users[0].name", "U+034F"),
    ];
    let before = app.dump().await;
    let errors = app.import(&text.to_string(), false).await.expect_err("errors");
    assert_eq!(errors.len(), expected.len(), "{}", errors.join("\n"));
    for (error, (path, code_point)) in errors.iter().zip(expected) {
        assert!(
            error.starts_with(&format!("{path}: ")) && error.contains(code_point) && error.contains("take it out"),
            "{error}"
        );
        assert!(error.is_ascii() || !error.contains(crate::models::text::is_invisible), "{error:?}");
    }
    assert_eq!(app.dump().await, before);
}

async fn a_name_has_a_visible_character(app: TestApp) {
    for (name, said) in
        [("\u{301}", "visible"), ("\u{20dd} \u{309a}", "visible"), ("\u{3000}\u{a0}", "empty"), ("\u{1d173}", "U+1D173")]
    {
        let mut catalogue = original();
        find(&mut catalogue["users"], "email", CAROL)["name"] = name.into();
        let errors = app.import(&catalogue.to_string(), false).await.expect_err(said);
        assert_eq!(errors.len(), 1);
        assert!(errors[0].starts_with("$.users[1].name: ") && errors[0].contains(said), "{errors:?}");
    }
}

async fn scripts_of_the_world_are_taken(app: TestApp) {
    for name in ["山田 太郎", "Đặng Thị Hà", "عمر الخيام", "नरेन्द्र", "🙂 & Söhne", "山田\u{3000}花子"]
    {
        app.reimport_catalogue(|catalogue| find(&mut catalogue["users"], "email", CAROL)["name"] = name.into()).await;
        let kept = app.actor(CAROL).await.name;
        assert_eq!(kept, crate::models::text::composed(name));
    }
}

async fn an_invisible_character_in_a_token_name_or_a_reason_is_refused_at_its_field(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let (admin, id) = (app.actor(ADMIN).await, token.row.id.as_str());
    for (c, code_point) in [('\u{200b}', "U+200B"), ('\u{202e}', "U+202E"), ('\u{ad}', "U+00AD"), ('\u{e0061}', "U+E0061")] {
        let refused = app.generate(&admin, "ACME", &format!("ci-{c}other")).await.expect_err(code_point);
        assert!(refused.at("name").is_some_and(|message| message.contains(code_point)), "{refused:?}");
        let reason = format!("lea{c}ked");
        let refused =
            app.app_error(lifecycle::disable(&app.state, &admin, "ACME", id, &reason).await).await.expect_err(code_point);
        assert!(refused.at("reason").is_some_and(|message| message.contains(code_point)), "{refused:?}");
        let refused = bulk::change(&app.state, &admin, "ACME", &owned(&[id]), &BulkAction::Disable { reason }).await;
        assert!(app.app_error(refused).await.is_err_and(|error| error.at("reason").is_some()), "{code_point}");
    }
    assert!(app.lets_in(&token.row.login_name, &token.secret).await);
}

async fn lengths_of_a_catalogue_are_counted_in_characters(app: TestApp) {
    for (name, is_taken) in [
        ("株".repeat(500), true),
        ("株".repeat(501), false),
        ("é".repeat(500), true),
        ("🙂".repeat(500), true),
        ("🙂".repeat(501), false),
    ] {
        let mut catalogue = original();
        find(&mut catalogue["users"], "email", CAROL)["name"] = name.as_str().into();
        project(&mut catalogue, "ACME")["support_tier"] = name.as_str().into();
        match app.import(&catalogue.to_string(), false).await {
            Ok(_) => assert!(is_taken, "{name}"),
            Err(errors) => {
                assert!(!is_taken, "{errors:?}");
                assert!(errors.iter().all(|error| error.contains("longer than 500 characters")), "{errors:?}");
            }
        }
    }
}

async fn lengths_of_a_password_are_counted_in_characters(app: TestApp) {
    for (password, is_taken) in [
        ("鍵鍵鍵".to_owned(), false),
        ("🔑".repeat(7), false),
        ("ключики".to_owned(), false),
        ("鍵".repeat(8), true),
        ("🔑".repeat(512), true),
        ("ж".repeat(513), false),
    ] {
        let set = app.app_error(accounts::set_password(&app.state, CAROL, password.clone()).await).await;
        assert_eq!(set.is_ok(), is_taken, "{password}");
        let status = app.browser().sign_in(CAROL, &password).await.status;
        assert_eq!(status == 303, is_taken, "{password}");
    }
}

async fn a_catalogue_is_read_as_powershell_saves_it(app: TestApp) {
    let file = app.state.config.data.join("catalogue.json");
    let units = |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    for (name, encode) in [
        ("Käte", (|text: &str| text.as_bytes().to_vec()) as fn(&str) -> Vec<u8>),
        ("Käthe", |text| format!("\u{feff}{text}").into_bytes()),
    ] {
        let mut catalogue = original();
        find(&mut catalogue["users"], "email", CAROL)["name"] = name.into();
        std::fs::write(&file, encode(&catalogue.to_string())).expect("a file");
        app.import(&text_input::read_file(&file).expect("text"), false).await.expect("a catalogue");
        assert_eq!(app.actor(CAROL).await.name, name);
    }
    for (name, mark, bytes) in [
        ("Zoë", "\u{feff}", u16::to_le_bytes as fn(u16) -> [u8; 2]),
        ("Łucja", "\u{feff}", u16::to_be_bytes),
        ("Ånge", "", u16::to_le_bytes),
    ] {
        let mut catalogue = original();
        find(&mut catalogue["users"], "email", CAROL)["name"] = name.into();
        std::fs::write(&file, units(&format!("{mark}{catalogue}"), bytes)).expect("a file");
        app.import(&text_input::read_file(&file).expect("text"), false).await.expect("a catalogue");
        assert_eq!(app.actor(CAROL).await.name, name);
    }
    std::fs::write(&file, b"{\"users\": [{\"name\": \"Zo\xeb\"}]}").expect("a file");
    let error = text_input::read_file(&file).expect_err("no UTF-8");
    assert!(error.contains("catalogue.json is not text in UTF-8") && error.contains("save it as UTF-8"), "{error}");
}

async fn key_files_are_read_as_powershell_copies_them(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let encodings: [fn(&str) -> Vec<u8>; 2] = [
        |text| format!("\u{feff}{text}\r\n").into_bytes(),
        |text| format!("\u{feff}{text}\r\n").encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ];
    let mut app = app;
    let jwks = async |app: &TestApp| app.browser().get("/.well-known/jwks.json").await.body;
    let before = jwks(&app).await;
    for encode in encodings {
        for name in ["secret-hashing.key", "signing-keys.json"] {
            let file = app.state.config.data.join(name);
            let text = text_input::read_file(&file).expect("a key file");
            std::fs::write(&file, encode(&text)).expect("the key file is written");
        }
        app = app.with(|_| {}).await;
        assert_eq!(jwks(&app).await, before);
        assert!(app.pulls(&token, "wso2-apim/am").await);
    }
}
