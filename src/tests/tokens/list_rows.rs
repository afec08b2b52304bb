//! The server-rendered rows of the list: notices about a token, its users, and what works without JavaScript.

use crate::{models::token::Overlap, server::tokens::lifecycle};

use crate::tests::support::{
    TestApp,
    catalogue::{ADMIN, CAROL, DAVE, find},
    on_both,
};

on_both! {
    the_news_of_a_row_is_short_and_whole_in_its_title,
    two_secrets_are_said_and_their_end_is_a_form,
    people_of_one_name_are_told_apart_by_e_mail,
    what_is_typed_stays_text,
    what_acts_on_the_list_stands_before_the_table,
    the_switch_of_the_shortcuts_is_remembered,
}

const LIST: &str = "/projects/ACME/registry-tokens";

/// The HTML of a token's row in the list.
async fn row_of(app: &TestApp, email: &str, id: &str) -> String {
    let list = app.signed_in(email).await.get(LIST).await.body;
    let row = list.split("<tr ").find(|row| row.contains(&format!("data-token=\"{id}\""))).expect("the token is listed");
    row.split("</tr>").next().expect("a row").to_owned()
}

async fn the_news_of_a_row_is_short_and_whole_in_its_title(app: TestApp) {
    let admin = app.actor(ADMIN).await;
    for (name, reason, short) in [
        ("leaked", "leaked in a log: see ticket 7", "By an admin: leaked in a log: see ticket 7"),
        ("audited", "Übergabe, straße", "By an admin: Übergabe, straße"),
        ("disabled", "", "Disabled by an admin"),
    ] {
        let token = app.token(CAROL, "ACME", name).await;
        app.app_error(lifecycle::disable(&app.state, &admin, "ACME", &token.row.id, reason).await).await.expect("disabled");
        let whole = if reason.is_empty() { short.to_owned() } else { format!("Disabled by an admin: {reason}") };
        let row = row_of(&app, ADMIN, &token.row.id).await;
        assert!(row.contains(&format!("title=\"{whole}\">{short}<")), "{row}");
    }
    for (name, product, short, whole) in [
        ("soon", "wso2-mi", "Re-sync: until 2027-12-31", "Re-sync keeps it working until 2027-12-31."),
        ("late", "wso2-is", "Re-sync makes it work again.", "Re-sync makes it work again."),
    ] {
        let token = app.token(CAROL, "ACME", name).await;
        app.execute(
            "UPDATE token_products SET product_key = $2 WHERE token_id = $1 AND product_key = 'wso2-mi'",
            &[token.row.id.as_str().into(), product.into()],
        )
        .await;
        app.execute(
            "DELETE FROM token_products WHERE token_id = $1 AND product_key <> $2",
            &[token.row.id.as_str().into(), product.into()],
        )
        .await;
        let row = row_of(&app, CAROL, &token.row.id).await;
        assert!(row.contains(&format!("title=\"{whole}\">{short}<")), "{row}");
    }
    let of_dave = app.token(DAVE, "ACME", "gone").await.row;
    app.reimport_catalogue(|catalogue| find(&mut catalogue["users"], "email", DAVE)["active"] = false.into()).await;
    let row = row_of(&app, ADMIN, &of_dave.id).await;
    assert!(row.contains("title=\"Dave Customer was deactivated\">Owner was deactivated<"), "{row}");
    app.at("2033-03-03T03:03:03Z");
    let id = app.row(CAROL, "ACME", "late").await.id;
    let row = row_of(&app, CAROL, &id).await;
    assert!(row.contains("title=\"A renewed subscription makes it work again.\">Renew the subscription<"), "{row}");
}

async fn two_secrets_are_said_and_their_end_is_a_form(app: TestApp) {
    let carol = app.actor(CAROL).await;
    let (one, two) = (app.token(CAROL, "ACME", "one").await.row, app.token(CAROL, "ACME", "two").await.row);
    app.rotate(&carol, "ACME", &one, Overlap::Day).await;
    for (row, has_overlap) in [(&one, true), (&two, false)] {
        let html = row_of(&app, CAROL, &row.id).await;
        let button = format!("formaction=\"{LIST}/end-overlap\" name=\"token_id\" value=\"{}\"", row.id);
        assert_eq!(html.contains(&button), has_overlap, "{html}");
        assert_eq!(html.contains(&format!("aria-label=\"End overlap now {}\"", row.name)), has_overlap);
        assert_eq!(html.contains("Two secrets until "), has_overlap);
    }
    // The request that the button sends.
    let browser = app.signed_in(CAROL).await;
    let reply = browser.form(&format!("{LIST}/end-overlap"), &[("token_id", &one.id), ("sort", "name")]).await;
    assert_eq!(reply.status, 303);
    assert_eq!(app.live_secrets(&one.id).await, 1);
    assert!(!row_of(&app, CAROL, &one.id).await.contains("End overlap now"));
}

async fn people_of_one_name_are_told_apart_by_e_mail(app: TestApp) {
    let (of_carol, of_dave) = (app.token(CAROL, "ACME", "one").await.row, app.token(DAVE, "ACME", "two").await.row);
    assert!(row_of(&app, ADMIN, &of_carol.id).await.contains(">Carol Customer<"));
    app.reimport_catalogue(|catalogue| find(&mut catalogue["users"], "email", DAVE)["name"] = "Carol Customer".into()).await;
    for (row, email) in [(of_carol, CAROL), (of_dave, DAVE)] {
        let html = row_of(&app, ADMIN, &row.id).await;
        assert_eq!(html.matches(&format!(">Carol Customer ({email})<")).count(), 2, "created for and by: {html}");
    }
}

async fn what_is_typed_stays_text(app: TestApp) {
    const NAME: &str = "\"><img src=x onerror=alert(1)> & 'Carol'";
    const REASON: &str = "\"><b onclick=alert(2)>leaked</b>";
    app.reimport_catalogue(|catalogue| find(&mut catalogue["users"], "email", CAROL)["name"] = NAME.into()).await;
    let token = app.token(CAROL, "ACME", "ci-main").await;
    app.app_error(lifecycle::disable(&app.state, &app.actor(ADMIN).await, "ACME", &token.row.id, REASON).await)
        .await
        .expect("disabled");
    let row = row_of(&app, ADMIN, &token.row.id).await;
    assert!(!row.contains("<img") && !row.contains("<b ") && !row.contains("\">\">"), "{row}");
    let escaped = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
    assert_eq!(row.matches(&format!(">{}<", escaped(NAME))).count(), 2, "created for and by: {row}");
    assert_eq!(row.matches(&format!("title=\"{} ({CAROL})\"", escaped(NAME))).count(), 2, "{row}");
    assert!(row.contains(&format!("title=\"Disabled by an admin: {}\"", escaped(REASON))), "{row}");
    assert!(row.contains(&format!(">By an admin: {}<", escaped(REASON))), "{row}");
}

async fn what_acts_on_the_list_stands_before_the_table(app: TestApp) {
    app.token(CAROL, "ACME", "one").await;
    for email in [ADMIN, CAROL] {
        let list = app.signed_in(email).await.get(LIST).await.body;
        let place = |text: &str| list.find(text).unwrap_or_else(|| panic!("{text} is on the page"));
        let order = ["aria-label=\"Selected tokens\"", "href=\"#table-end\"", "tokens-table", "id=\"table-end\""].map(place);
        assert!(order.is_sorted(), "{order:?}");
        assert!(!row_html(&list).contains("tabindex"), "without a script every control is a Tab stop");
    }
}

fn row_html(list: &str) -> &str {
    list.split_once("<tr data-row").and_then(|(_, rest)| rest.split_once("</tr>")).map(|(row, _)| row).expect("a row")
}

async fn the_switch_of_the_shortcuts_is_remembered(app: TestApp) {
    let browser = app.signed_in(CAROL).await;
    for (kept, is_on) in [("", true), ("by", true), ("shortcuts", false), ("type.shortcuts.used", false)] {
        let list = browser.clone().with("cookie", &format!("registry-tokens-columns={kept}")).get(LIST).await.body;
        assert_eq!(list.contains("<input type=\"checkbox\" checked>Single letters are shortcuts"), is_on, "{kept}");
    }
}
