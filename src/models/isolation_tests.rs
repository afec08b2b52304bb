//! Tests that every sentence isolates names that change the text direction or are read from right to left.

use super::{
    bulk::BulkOutcome,
    change::Change,
    change_words, confirmation,
    obstacles::Obstacles,
    secret_words, status_words,
    token::{Overlap, TokenRow, TokenStatus},
    token_list::{TokenList, tests::row},
    usage_words,
};
use crate::error::AppError;

const CHANGES: [Change; 4] = [Change::Resync, Change::Disable, Change::Enable, Change::Delete];
const NAMES: [&str; 4] = ["exe\u{202e}gnp", "דנה-7", "علي", "a\u{2069}\u{202e}b"];

/// Tokens of this name in every state.
fn rows(name: &str) -> Vec<TokenRow> {
    let made = |id: &str, change: &dyn Fn(&mut TokenRow)| {
        let mut token = row(id, name, name, Some("2027-01-01"));
        change(&mut token);
        token
    };
    vec![
        made("1", &|_| {}),
        made("2", &|token| token.usage.pulls = 0),
        made("3", &|token| (token.usage.last_at, token.is_unused) = (None, false)),
        made("4", &|token| (token.days_left, token.status) = (None, TokenStatus::Expired)),
        made("5", &|token| token.products_to_add.clear()),
        made("6", &|token| {
            (token.is_disabled_by_admin, token.status) = (true, TokenStatus::Disabled);
            token.status_reason = Some(format!("Disabled by an admin: {name}"));
        }),
        made("7", &|token| {
            (token.is_owner_inactive, token.status) = (true, TokenStatus::Disabled);
            token.status_reason = Some(format!("{name} left the project"));
        }),
        made("8", &|token| (token.is_disabled_by_admin, token.status_reason) = (true, Some("Disabled by an admin".to_owned()))),
    ]
}

/// Every sentence about one token.
fn of_one(row: &TokenRow) -> Vec<String> {
    let (one, moment) = (std::slice::from_ref(row), |_| "2026-11-23 04:12".to_owned());
    let mut all = vec![
        usage_words::sentence(row, 0, moment),
        change_words::owner(row),
        row.created_for.label(),
        confirmation::label(1, &row.name),
    ];
    all.extend([status_words::first_line(row), status_words::why_disabled(row)].into_iter().flatten());
    all.extend(["", "x"].into_iter().filter_map(|typed| confirmation::refusal(typed, 1, &row.name)));
    all.extend(Overlap::ALL.map(|overlap| secret_words::before_new_secret(row, overlap)));
    for change in CHANGES {
        all.push(change_words::title(change, one));
        all.extend(change_words::lines(change, one, 0));
        all.push(change_words::consequence(change, one, 0, moment));
        all.push(change_words::after(change, one, 0));
        all.push(change_words::result(change, one, &BulkOutcome { unchanged: vec![row.id.clone()], ..BulkOutcome::default() }));
        for obstacles in [Obstacles::default(), row.obstacles()] {
            let blocked = vec![(row.id.clone(), obstacles)];
            all.push(change_words::result(
                change,
                one,
                &BulkOutcome { done: vec![row.id.clone()], blocked, ..BulkOutcome::default() },
            ));
        }
        all.extend(change_words::of_form(change.token_action().slug(), Some(row)));
    }
    all.extend(change_words::of_form("resync-nothing", Some(row)));
    all
}

/// Every sentence about many tokens.
fn of_many(rows: &[TokenRow]) -> Vec<String> {
    let moment = |_| "2026-11-23 04:12".to_owned();
    let mut all = vec![usage_words::sentence_of_many(rows)];
    for change in CHANGES {
        all.extend(change_words::lines(change, rows, 0));
        all.push(change_words::consequence(change, rows, 0, moment));
        all.push(change_words::after(change, rows, 0));
        let (done, failed) = rows.split_at(rows.len() / 2);
        let outcome = BulkOutcome {
            done: done.iter().map(|row| row.id.clone()).collect(),
            blocked: done.iter().map(|row| (row.id.clone(), row.obstacles())).filter(|(_, is)| !is.is_none()).collect(),
            failed: failed.iter().map(|row| (row.id.clone(), AppError::Unavailable)).collect(),
            ..BulkOutcome::default()
        };
        all.push(change_words::result(change, rows, &outcome));
    }
    all
}

/// Removes the isolated parts. No character that changes the direction may remain.
fn rest(sentence: &str) -> String {
    let parts = sentence.split('\u{2068}').map(|part| part.split_once('\u{2069}').map_or(part, |(_, rest)| rest));
    parts.collect()
}

#[test]
fn in_every_sentence_a_name_stands_apart() {
    for name in NAMES {
        let (rows, kept) = (rows(name), name.replace('\u{2069}', ""));
        let all: Vec<String> = rows.iter().flat_map(of_one).chain(of_many(&rows)).collect();
        assert!(all.iter().filter(|sentence| sentence.contains(&format!("\u{2068}{kept}\u{2069}"))).count() > 100);
        for sentence in all {
            let rest = rest(&sentence);
            assert!(rest.chars().all(|c| c.is_ascii() || c == '\u{2192}'), "{sentence:?}: {rest:?}");
        }
    }
}

#[test]
fn a_name_that_changes_nothing_has_no_marks() {
    for name in ["ci-main", "Zoë", "山田"] {
        let rows = rows(name);
        for sentence in rows.iter().flat_map(of_one).chain(of_many(&rows)) {
            assert!(!sentence.contains(['\u{2068}', '\u{2069}']), "{sentence:?}");
        }
    }
}

#[test]
fn in_a_dropdown_names_stand_apart_and_what_is_picked_has_no_marks() {
    for name in NAMES {
        let list = TokenList::of(rows(name));
        let facets = super::filter::Filter::default().find(&list).facets;
        let options = facets.options(super::filter::SelectFilter::CreatedFor, &list, "");
        assert_eq!(options.len(), 1);
        assert!(rest(&options[0].label).is_empty() && options[0].value.starts_with(name), "{:?}", options[0]);
        // What is stored, searched and copied has no marks either.
        assert_eq!(list.users.iter().filter(|user| user.name == name).count(), 1);
        assert!(list.texts.iter().all(|text| !text.contains('\u{2068}')));
    }
}

#[test]
fn in_a_label_the_e_mail_stands_apart_too() {
    let (one, mut other) = (row("1", "one", "bob", None), row("2", "two", "bob", None));
    let email = "\u{5d0}\u{5d3}\u{5d4}@acme.example";
    other.created_for.email = email.to_owned();
    let list = TokenList::of([one, other]);
    let labels: Vec<String> = (0..list.users.len()).map(|at| list.label(at)).collect();
    assert!(labels.contains(&format!("bob (\u{2068}{email}\u{2069})")), "{labels:?}");
}

#[test]
fn a_list_of_many_names_owners_where_they_differ() {
    let (mut one, mut other) = (row("1", "one", "ada", None), row("2", "two", "ada", None));
    assert_eq!(change_words::lines(Change::Delete, &[one.clone(), other.clone()], 0), ["one", "two"]);
    // Both have the same name, so the e-mail distinguishes them.
    other.created_for.email = "ada.b@acme.example".to_owned();
    one.products_to_add.clear();
    let lines = change_words::lines(Change::Resync, &[one, other], 0);
    assert_eq!(lines[0], "one, for ada (ada@acme.example): nothing to add");
    assert!(lines[1].starts_with("two, for ada (ada.b@acme.example): other (Expiring soon"), "{}", lines[1]);
}
