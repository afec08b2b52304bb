//! The URL of a view.

use crate::tests::support::{TestApp, catalogue::CAROL, on_both};

on_both! {
    empty_fields_of_a_form_leave_the_address,
}

async fn empty_fields_of_a_form_leave_the_address(app: TestApp) {
    let browser = app.signed_in(CAROL).await;
    let page = "/projects/ACME/registry-tokens";
    for (query, clean) in
        [("?q=ci&by=&for=&product=", "?q=ci"), ("?q=&sort=name", "?sort=name"), ("?q=", ""), ("?q=a%26b&by=", "?q=a%26b")]
    {
        let reply = browser.get(&format!("{page}{query}")).await;
        assert_eq!((reply.status, reply.header("location")), (303, format!("{page}{clean}").as_str()), "{query}");
        assert_eq!(browser.get(&format!("{page}{clean}")).await.status, 200, "{clean}");
    }
}
