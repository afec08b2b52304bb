//! The vendor's logo at the top of every page.

use crate::http::logo::Logo;

use crate::tests::support::{TestApp, catalogue::CAROL, on_both};

on_both! {
    a_logo_stands_before_the_vendors_name,
    without_a_logo_there_is_none,
    a_picture_that_cannot_be_taken_is_said_in_one_line,
}

async fn a_logo_stands_before_the_vendors_name(app: TestApp) {
    let path = app.state.config.data.join("logo.SVG");
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><script>alert(1)</script></svg>";
    std::fs::write(&path, drawing).expect("a drawing");
    let app = app.with(|config| config.logo = path.display().to_string()).await;
    for page in [app.browser().get("/sign-in").await, app.signed_in(CAROL).await.get("/").await] {
        assert!(page.body.contains("class=\"top-logo\""));
    }
    let logo = app.browser().get("/logo").await;
    assert_eq!((logo.status, logo.header("content-type"), logo.body.as_str()), (200, "image/svg+xml", drawing));
    // Opened as a document of its own, the image must not run scripts.
    assert!(logo.header("content-security-policy").contains("default-src 'none'"));
    assert!(logo.header("content-security-policy").contains("sandbox"));
}

async fn without_a_logo_there_is_none(app: TestApp) {
    assert!(!app.browser().get("/sign-in").await.body.contains("top-logo"));
    assert_eq!(app.browser().get("/logo").await.status, 404);
}

async fn a_picture_that_cannot_be_taken_is_said_in_one_line(app: TestApp) {
    let large = app.state.config.data.join("large.png");
    std::fs::write(&large, vec![0; 256 * 1024 + 1]).expect("a file");
    let large = large.display().to_string();
    for (path, why) in [("logo.gif", ".svg, .png or .webp"), ("no/such.svg", "cannot read"), (&large, "at most")] {
        let error = Logo::read(path).expect_err(path);
        assert!(error.starts_with("REGISTRY_TOKENS_LOGO") && error.contains(why) && !error.contains('\n'), "{error}");
    }
}
