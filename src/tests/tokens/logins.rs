//! Login instructions for a user: three values, and example commands with a repository that the token can access.

use serde_json::{Value, json};

use crate::tests::support::{
    TestApp, asks,
    catalogue::{ADMIN, CAROL, find, project},
    http::Reply,
    on_both,
    tokens::example_repository,
};

on_both! {
    an_example_is_of_a_product_that_the_token_opens_today,
    an_example_has_a_repositorys_whole_name_where_it_is_known,
    a_token_that_opens_nothing_has_an_example_without_a_repository,
    the_registry_and_the_login_name_stand_on_the_tokens_page,
    the_page_of_a_new_secret_has_the_three_values,
}

const PAGE: &str = "/projects/ACME/tokens/ci-main";

/// Sets the start and end of one of ACME's subscriptions.
fn runs(catalogue: &mut Value, product: &str, starts: &str, ends: &str) {
    let subscriptions = &mut project(catalogue, "ACME")["subscriptions"];
    *find(subscriptions, "product", product) = json!({"product": product, "starts": starts, "ends": ends});
}

/// The example in the dialog after *Re-generate Secret*; checks that the token page shows the same one.
async fn example(app: &TestApp, generation: i64) -> Option<String> {
    let carol = app.actor(CAROL).await;
    let row = app.row(CAROL, "ACME", "ci-main").await;
    let revealed = app.regenerate(&carol, "ACME", &row.id, generation).await.expect("a new secret");
    let example = example_repository(&revealed);
    let image = example.as_deref().unwrap_or("*").replace('*', "IMAGE");
    let page = app.signed_in(CAROL).await.get(PAGE).await;
    assert!(page.tells(&format!("docker pull 127.0.0.1:5000/{image}:TAG")), "{image}");
    example
}

async fn an_example_is_of_a_product_that_the_token_opens_today(app: TestApp) {
    let carol = app.actor(CAROL).await;
    let made = app.generate(&carol, "ACME", "ci-main").await.expect("a token");
    assert_eq!(example_repository(&made).as_deref(), Some("wso2-apim/*"));
    // A product that the token would get only by Re-sync; its key sorts first.
    app.reimport_catalogue(|catalogue| {
        catalogue["products"].as_array_mut().expect("a list").push(json!({
            "key": "aaa", "name": "Not held", "repositories": ["aaa/*"]
        }));
        project(catalogue, "ACME")["subscriptions"].as_array_mut().expect("a list").push(json!({
            "product": "aaa", "starts": "2026-01-01", "ends": "2027-12-31"
        }));
    })
    .await;
    assert_eq!(example(&app, 1).await.as_deref(), Some("wso2-apim/*"));
    // A product in the token whose subscription has ended.
    app.reimport_catalogue(|catalogue| runs(catalogue, "wso2-apim", "2026-01-01", "2026-05-31")).await;
    assert_eq!(example(&app, 2).await.as_deref(), Some("wso2-mi/*"));
}

async fn an_example_has_a_repositorys_whole_name_where_it_is_known(app: TestApp) {
    app.token(CAROL, "ACME", "ci-main").await;
    for (generation, repositories, expected) in [
        (1, json!(["wso2-apim/*", "wso2-apim/am-tm"]), "wso2-apim/am-tm"),
        (2, json!(["a-first/*", "z-last/server"]), "z-last/server"),
        (3, json!(["b/*", "a/*"]), "a/*"),
    ] {
        app.reimport_catalogue(|catalogue| find(&mut catalogue["products"], "key", "wso2-apim")["repositories"] = repositories)
            .await;
        assert_eq!(example(&app, generation).await.as_deref(), Some(expected));
    }
}

async fn a_token_that_opens_nothing_has_an_example_without_a_repository(app: TestApp) {
    app.token(CAROL, "ACME", "ci-main").await;
    app.reimport_catalogue(|catalogue| {
        runs(catalogue, "wso2-apim", "2026-01-01", "2026-05-31");
        runs(catalogue, "wso2-mi", "2026-01-01", "2026-05-30");
        runs(catalogue, "wso2-is", "2026-05-01", "2026-12-31");
    })
    .await;
    assert_eq!(example(&app, 1).await, None);
}

/// The value of a read-only field of a page.
fn field<'a>(page: &'a Reply, id: &str) -> &'a str {
    let is_it = format!("id=\"{id}\"");
    let field = page.body.split("<input").skip(1).find(|field| field.contains(&is_it)).unwrap_or_else(|| panic!("{id}"));
    let field = field.split('>').next().expect("the end of the element");
    assert!(field.contains("readonly"), "{field}");
    field.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a value")
}

async fn the_registry_and_the_login_name_stand_on_the_tokens_page(app: TestApp) {
    for name in ["ci-main", "Build-7"] {
        let token = app.token(CAROL, "ACME", name).await;
        let page = app.signed_in(ADMIN).await.get(&format!("/projects/ACME/tokens/{name}")).await;
        assert_eq!(field(&page, "registry"), "127.0.0.1:5000");
        assert_eq!(field(&page, "login-name"), token.row.login_name);
        assert!(!page.tells(&token.secret) && !page.body.contains("id=\"token-secret\""));
        // Copy buttons are hidden until JavaScript runs.
        let copies: Vec<&str> = page.body.split("<button").filter(|button| button.contains(">Copy")).collect();
        assert!(copies.len() > 20, "{}", copies.len());
        for button in copies {
            assert!(button.split('>').next().is_some_and(|start| start.contains(" hidden")), "{button}");
        }
    }
}

async fn the_page_of_a_new_secret_has_the_three_values(app: TestApp) {
    let carol = app.signed_in(CAROL).await;
    for name in ["ci-main", "Build-7"] {
        let [_, form] = asks::generate("ACME", name);
        let page = form.by(&carol).await;
        assert_eq!(page.status, 200);
        assert_eq!(field(&page, "registry"), "127.0.0.1:5000");
        assert_eq!(field(&page, "login-name"), format!("acme.{}-form", name.to_lowercase()));
        assert!(field(&page, "token-secret").starts_with("wrt_"));
        assert!(!page.body.contains("••••"), "nothing is masked without a script");
    }
}
