//! Login names and secrets with characters that files, shells and editors add around them: the token endpoint and *Test this
//! token* handle the same paste in the same way.

use crate::{models::form_answer::TestResult, server::publishers};

use crate::tests::support::{
    TestApp,
    asks::{self, Ask},
    catalogue::CAROL,
    on_both,
    registry::SERVICE,
};

on_both! {
    what_stands_around_a_secret_or_a_name_is_no_part_of_it,
    what_stands_inside_a_secret_or_a_name_is_wrong,
    a_publisher_is_known_by_the_same_rule,
}

const AROUND: [(&str, &str); 12] = [
    ("", "\n"),
    ("", "\r\n"),
    (" ", " "),
    ("\"", "\""),
    ("'", "'\n"),
    ("\u{feff}", ""),
    ("\u{feff}\"", "\"\r\n"),
    ("\t", "\u{a0}"),
    ("\u{201c}", "\u{201d}"),
    ("`", "`"),
    ("\u{200b}", "\u{2060}\n\n"),
    ("", "\u{feff}"),
];

impl TestApp {
    /// The status codes of the token endpoint for GET and POST: 200 or 401.
    async fn judged_by_registry(&self, name: &str, secret: &str) -> [u16; 2] {
        let fields = [("grant_type", "password"), ("service", SERVICE), ("username", name), ("password", secret)];
        [self.browser().ask(name, secret, &[]).await.status, self.browser().form("/token", &fields).await.status]
    }

    /// Whether *Test this token* accepts the credentials, by server function and by form.
    async fn judged_by_portal(&self, name: &str, secret: &str) -> [bool; 2] {
        let carol = self.signed_in(CAROL).await;
        let mut judged = [false; 2];
        for (judged, ask) in judged.iter_mut().zip(asks::test("ACME", "ci-main", name, secret)) {
            let reply = ask.by(&carol).await;
            *judged = match ask {
                Ask::Function(..) => reply.output::<TestResult>().is_good,
                Ask::Form(..) => reply.tells("The secret is right. It opens"),
            };
        }
        judged
    }
}

async fn what_stands_around_a_secret_or_a_name_is_no_part_of_it(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    for (before, after) in AROUND {
        let (name, secret) = (format!("{before}ACME.ci-main{after}"), format!("{before}{}{after}", token.secret));
        for (name, secret) in [("acme.ci-main", &*secret), (&*name, &*token.secret), (&*name, &*secret)] {
            assert_eq!(app.judged_by_registry(name, secret).await, [200, 200], "{before:?} {after:?}");
            assert_eq!(app.judged_by_portal(name, secret).await, [true, true], "{before:?} {after:?}");
        }
    }
    // The claim has the token's login name, not the pasted text.
    let reply = app.browser().ask("\u{feff}ACME.ci-main\r\n", &token.secret, &[]).await;
    assert_eq!(app.jwt(&reply).await.claims["sub"], "acme.ci-main");
    assert!(app.audit("registry.login.denied").await.is_empty());
}

async fn what_stands_inside_a_secret_or_a_name_is_wrong(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let (first, second) = token.secret.split_at(20);
    for inside in ["\n", " ", "\u{feff}", "\""] {
        let secret = format!("{first}{inside}{second}");
        assert_eq!(app.judged_by_registry("acme.ci-main", &secret).await, [401, 401], "{inside:?}");
        assert_eq!(app.judged_by_portal("acme.ci-main", &secret).await, [false, false], "{inside:?}");
    }
    app.pass(60);
    for odd in [format!("{}.", token.secret), format!("{}\0", token.secret), format!("x{}", token.secret)] {
        assert_eq!(app.judged_by_registry("acme.ci-main", &odd).await, [401, 401], "{odd:?}");
        assert_eq!(app.judged_by_portal("acme.ci-main", &odd).await, [false, false], "{odd:?}");
    }
}

async fn a_publisher_is_known_by_the_same_rule(app: TestApp) {
    let (name, secret) = app.publisher("ci-push_", "wso2-apim/*").await.expect("a publisher");
    for (before, after) in AROUND {
        let (name, secret) = (format!("{before}{name}{after}"), format!("{before}{secret}{after}"));
        assert_eq!(app.judged_by_registry(&name, &secret).await, [200, 200], "{before:?} {after:?}");
    }
    app.app_error(publishers::delete(&app.state, " CI-push_\n").await).await.expect("it is deleted");
    assert!(!app.lets_in(&name, &secret).await);
}
