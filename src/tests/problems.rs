//! What is shown instead of a page.

use super::support::{Kit, catalogue::CAROL, on_both};

on_both! {
    a_page_that_cannot_be_shown_says_why_in_its_title,
}

async fn a_page_that_cannot_be_shown_says_why_in_its_title(kit: Kit) {
    let carol = kit.signed_in(CAROL).await;
    let title = async |path: &str| {
        let page = carol.get(path).await;
        let title = page.body.split("<title>").nth(1).and_then(|rest| rest.split(" · ").next()).map(str::to_owned);
        (page.status, title.expect("a title"))
    };
    assert_eq!(title("/unknown").await, (404, "Not found".to_owned()));
    kit.state.db.close().await;
    assert_eq!(title("/").await, (503, "Not available right now".to_owned()));
}
