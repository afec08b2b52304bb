//! Error pages.

use crate::tests::support::{
    TestApp,
    catalogue::{CAROL, project},
    on_both,
};

on_both! {
    a_page_that_cannot_be_shown_says_why_in_its_title,
    a_name_in_a_title_is_text,
}

async fn a_page_that_cannot_be_shown_says_why_in_its_title(app: TestApp) {
    let carol = app.signed_in(CAROL).await;
    let title = async |path: &str| {
        let page = carol.get(path).await;
        let title = page.body.split("<title>").nth(1).and_then(|rest| rest.split(" · ").next()).map(str::to_owned);
        (page.status, title.expect("a title"))
    };
    assert_eq!(title("/unknown").await, (404, "Not found".to_owned()));
    app.state.db.close().await;
    assert_eq!(title("/").await, (503, "Not available right now".to_owned()));
}

async fn a_name_in_a_title_is_text(app: TestApp) {
    app.reimport_catalogue(|catalogue| project(catalogue, "ACME")["name"] = "R&D </title><b>".into()).await;
    let app = app.with(|config| config.vendor = "A&B </title><b>".to_owned()).await;
    app.token(CAROL, "ACME", "ci-main").await;
    let carol = app.signed_in(CAROL).await;
    for path in ["/", "/projects/ACME/registry-tokens", "/projects/ACME/tokens/ci-main", "/unknown"] {
        let page = carol.get(path).await.body;
        let title = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).expect("a title");
        assert!(title.ends_with(" Registry Tokens") && title.contains("A&amp;B") && !title.contains('<'), "{path}: {title}");
    }
}
