//! The texts of the change dialog, before and after the change. Each sentence derives from the state after the change.

use super::{
    bulk::BulkOutcome,
    change::Change,
    obstacles::Obstacles,
    status_words,
    text::isolated,
    token::TokenRow,
    usage_words,
    words::{count, in_words, some_of},
};

/// The title of the dialog.
pub fn title(change: Change, rows: &[TokenRow]) -> String {
    let object = if let [row] = rows { isolated(&row.name) } else { count(rows.len()) };
    match change {
        Change::Resync => format!("Re-sync products of {object}"),
        _ => format!("{} {object}", change.token_action().bulk_verb()),
    }
}

/// The label of the confirm button.
pub fn button(change: Change, rows: &[TokenRow]) -> String {
    let action = change.token_action();
    match rows {
        [_, _, ..] if change != Change::Resync => format!("{} {}", action.bulk_verb(), count(rows.len())),
        _ => action.verb().to_owned(),
    }
}

/// The owner of a token, for a user who may change other users' tokens.
pub fn owner(row: &TokenRow) -> String {
    format!("{} token for {}", row.kind.label(), row.created_for.label())
}

/// One line per token, with its owner if the tokens have different owners.
pub fn lines(change: Change, rows: &[TokenRow], now: i64) -> Vec<String> {
    let has_many_owners = rows.windows(2).any(|two| two[0].created_for != two[1].created_for);
    let owner = |row: &TokenRow| if has_many_owners { format!(", for {}", row.created_for.label()) } else { String::new() };
    rows.iter().map(|row| format!("{}{}{}", isolated(&row.name), owner(row), what_is_added(change, row, now))).collect()
}

fn what_is_added(change: Change, row: &TokenRow, now: i64) -> String {
    match &row.products_to_add[..] {
        _ if change != Change::Resync => String::new(),
        [] => ": nothing to add".to_owned(),
        keys => {
            let status = status_words::after_resync(row, now).map(|status| format!(" ({status})")).unwrap_or_default();
            format!(": {}{status}", keys.join(", "))
        }
    }
}

/// The first text of the dialog: the tokens' usage or state until now. `moment_text` formats a timestamp (Unix seconds) in the user's time zone.
pub fn consequence(change: Change, rows: &[TokenRow], now: i64, moment_text: impl Fn(i64) -> String) -> String {
    match (change, rows) {
        (Change::Resync, [row]) if row.products_to_add.is_empty() => nothing_to_add(row),
        (Change::Resync, [_]) => "Adds the products subscribed to since, with the same secret:".to_owned(),
        (Change::Resync, _) => {
            let possible = rows.iter().filter(|row| !row.products_to_add.is_empty()).count();
            format!("{possible} of {} have products to add.", rows.len())
        }
        (Change::Enable, [row]) => status_words::why_disabled(row).map(|reason| format!("{reason}.")).unwrap_or_default(),
        (Change::Enable, _) => {
            format!("An admin disabled {} of them.", rows.iter().filter(|row| row.is_disabled_by_admin).count())
        }
        (_, [row]) => usage_words::sentence(row, now, moment_text),
        (_, rows) => usage_words::sentence_of_many(rows),
    }
}

/// The reason why Re-sync adds nothing to a token.
fn nothing_to_add(row: &TokenRow) -> String {
    if !row.products_to_add.is_empty() {
        // It had some when its row was read.
        "There is nothing to add any more: somebody re-synced it meanwhile, or a subscription has ended.".to_owned()
    } else if row.days_left.is_none() {
        "There is nothing to add: no subscription of this project is running.".to_owned()
    } else {
        "There is nothing to add: it holds every product whose subscription is running.".to_owned()
    }
}

/// The state after the change: for the tokens whose secrets work, and for the others.
pub fn after(change: Change, rows: &[TokenRow], now: i64) -> String {
    if let [row] = rows {
        return after_one(change, row, now);
    }
    if matches!(change, Change::Disable | Change::Delete) && rows.iter().all(|row| !row.obstacles().is_none()) {
        return after_those_failing(change, rows);
    }
    let text = match change {
        Change::Resync if rows.iter().all(|row| row.products_to_add.is_empty()) => "",
        Change::Resync => "Those gain the products subscribed to since. No secret changes.",
        Change::Disable => "Logins and pulls with them fail until somebody enables them. Their secrets stay the same.",
        Change::Enable if !rows.iter().any(|row| row.is_disabled_by_admin && row.obstacles().enabled().is_none()) => "",
        Change::Enable => "Their secrets work again from the moment you enable them.",
        Change::Delete => "Logins and pulls with them fail from the moment you delete them. This cannot be undone.",
    };
    let blocked = rows.iter().map(|row| (isolated(&row.name), others(change, row.obstacles())));
    let mut text = text.to_owned();
    for (obstacles, names) in alike(blocked.filter(|(_, obstacles)| !obstacles.is_none()).collect()) {
        let sentence = match change {
            Change::Disable | Change::Delete => {
                let do_not = if names.len() == 1 { "does not" } else { "do not" };
                format!("{} {do_not} work already: {}.", count(names.len()), some_of(&names))
            }
            _ => do_not_work(&names, obstacles),
        };
        text = format!("{text} {sentence}");
    }
    text.trim_start().to_owned()
}

/// The state after *Disable* or *Delete* of many tokens none of which works.
fn after_those_failing(change: Change, rows: &[TokenRow]) -> String {
    if change == Change::Delete {
        return "Logins and pulls with them fail already. This cannot be undone.".to_owned();
    }
    if rows.iter().all(|row| row.is_disabled_by_admin) {
        return "They are disabled already.".to_owned();
    }
    let after = rows.iter().map(|row| (isolated(&row.name), row.obstacles().disabled()));
    let until = alike(after.collect()).into_iter().map(|(obstacles, names)| format!(" {}", do_not_work(&names, obstacles)));
    format!("Logins and pulls with them fail already.{}", until.collect::<String>())
}

/// Until when tokens with the same obstacles do not work.
fn do_not_work(names: &[String], obstacles: Obstacles) -> String {
    let is_one = names.len() == 1;
    let do_not = if is_one { "does not" } else { "do not" };
    format!("{} ({}) {do_not} work until {}.", count(names.len()), some_of(names), obstacles.until(is_one))
}

/// The obstacles that exist whether or not the change is made.
fn others(change: Change, obstacles: Obstacles) -> Obstacles {
    match change {
        Change::Resync => obstacles.resynced(),
        Change::Enable => obstacles.enabled(),
        Change::Disable | Change::Delete if obstacles.is_none() => obstacles,
        // Only whether it works matters: the text does not say why.
        Change::Disable | Change::Delete => Obstacles { expired: true, ..Obstacles::default() },
    }
}

fn after_one(change: Change, row: &TokenRow, now: i64) -> String {
    let (before, works) = (row.obstacles(), row.obstacles().is_none());
    let still = |obstacles: Obstacles| format!("It does not work until {}.", obstacles.until(true));
    match change {
        Change::Resync if before.resynced().is_none() => {
            status_words::after_resync(row, now).map(|status| format!("{status}.")).unwrap_or_default()
        }
        Change::Resync => still(before.resynced()),
        Change::Disable if row.is_disabled_by_admin => "It is disabled already.".to_owned(),
        Change::Disable if works => {
            "Logins and pulls with it fail until somebody enables it. Its secret stays the same.".to_owned()
        }
        Change::Disable => format!("Logins and pulls with it fail already. {}", still(before.disabled())),
        Change::Enable if !row.is_disabled_by_admin => "No admin disabled it.".to_owned(),
        Change::Enable if before.enabled().is_none() => "The same secret works again from the moment you enable it.".to_owned(),
        Change::Enable => format!("Its secret stays the same. {}", still(before.enabled())),
        Change::Delete if works => {
            "Logins and pulls with it fail from the moment you delete it. This cannot be undone.".to_owned()
        }
        Change::Delete => "Logins and pulls with it fail already. This cannot be undone.".to_owned(),
    }
}

/// The result as one line: what was done, and what failed and why.
pub fn result(change: Change, rows: &[TokenRow], outcome: &BulkOutcome) -> String {
    let BulkOutcome { done, unchanged, failed, blocked, added } = outcome;
    let name = |id: &str| rows.iter().find(|row| row.id == id).map(|row| isolated(&row.name)).unwrap_or_default();
    let working = done.len() - blocked.len();
    let mut text = match rows {
        [row] if !unchanged.is_empty() && change == Change::Resync => format!("{}: {}", isolated(&row.name), nothing_to_add(row)),
        _ if done.is_empty() => "Nothing was changed.".to_owned(),
        [row] => done_sentence(
            change,
            &isolated(&row.name),
            1,
            added,
            blocked.first().map(|(_, obstacles)| *obstacles).unwrap_or_default(),
        ),
        _ if working > 0 => done_sentence(change, &count(working), working, &[], Obstacles::default()),
        _ => String::new(),
    };
    if rows.len() > 1 {
        let blocked = blocked.iter().map(|(id, obstacles)| (name(id), named_in_result(change, *obstacles)));
        for (obstacles, names) in alike(blocked.collect()) {
            let what = match obstacles {
                // The expected case needs no names.
                _ if change == Change::Disable && obstacles == Obstacles::default().disabled() => count(names.len()),
                _ => format!("{} ({})", count(names.len()), some_of(&names)),
            };
            text = format!("{text} {}", done_sentence(change, &what, names.len(), &[], obstacles));
        }
        if !unchanged.is_empty() {
            text = format!("{text} {} had nothing to change.", count(unchanged.len()));
        }
    }
    let left = rows.len() - done.len() - unchanged.len() - failed.len();
    if left > 0 {
        text = format!("{text} Stopped: {} {} as before.", count(left), if left == 1 { "is" } else { "are" });
    }
    // Grouped by error, each with its names.
    for (error, names) in alike(failed.iter().map(|(id, error)| (name(id), error)).collect()) {
        text = format!("{text} {} failed ({}): {error}", count(names.len()), some_of(&names));
    }
    text.trim_start().to_owned()
}

/// The obstacles that the result names. For a deleted token it does not say why the secret did not work.
fn named_in_result(change: Change, obstacles: Obstacles) -> Obstacles {
    if change == Change::Delete { others(change, obstacles) } else { obstacles }
}

/// Groups names by key, in the order of the first name of each group.
fn alike<T: PartialEq>(items: Vec<(String, T)>) -> Vec<(T, Vec<String>)> {
    let mut groups: Vec<(T, Vec<String>)> = Vec::new();
    for (name, key) in items {
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, names)) => names.push(name),
            None => groups.push((key, vec![name])),
        }
    }
    groups
}

/// The result for `count` tokens that are now in the same state. `obstacles` keep their secrets from working or, for deleted
/// tokens, did before. `added` may be empty: then the products are not named.
fn done_sentence(change: Change, what: &str, count: usize, added: &[String], obstacles: Obstacles) -> String {
    let (is_one, works) = (count == 1, obstacles.is_none());
    let (is, it, secrets) = if is_one { ("is", "it", "its secret") } else { ("are", "them", "their secrets") };
    let fails = || {
        let secrets = if is_one { "Its secret does" } else { "Their secrets do" };
        format!("{secrets} not work until {}.", obstacles.until(is_one))
    };
    match change {
        Change::Resync => {
            let products = if added.is_empty() { "the added products".to_owned() } else { in_words(added) };
            let (opens, holds) = if is_one { ("opens", "holds") } else { ("open", "hold") };
            let same = if is_one { "Its secret is the same." } else { "Secrets stay the same." };
            if works {
                format!("{what} {opens} the images of {products} from now on. {same}")
            } else {
                format!("{what} {holds} {products} from now on. {}", fails())
            }
        }
        Change::Disable if obstacles.enabled().is_none() => {
            format!("{what} {is} disabled. Enable {it} to let {secrets} work again.")
        }
        Change::Disable => format!("{what} {is} disabled. {}", fails()),
        Change::Enable if works => {
            let secrets = if is_one { "Its secret works" } else { "Their secrets work" };
            format!("{what} {is} enabled. {secrets} again.")
        }
        Change::Enable => format!("{what} {is} no longer disabled by an admin. {}", fails()),
        Change::Delete if works => format!("{what} {is} deleted. Logins and pulls fail from now on."),
        Change::Delete => format!("{what} {is} deleted. Logins and pulls with {it} failed already."),
    }
}

/// The result of a no-JavaScript form, from the current state of its token; `None` if the token is not in the state that the form
/// leaves. `done` is the first part of [`super::page_query::PageQuery::done`]. The server checks whether the form was submitted.
pub fn of_form(done: &str, row: Option<&TokenRow>) -> Option<String> {
    let change = match done {
        "end-overlap" => return row.filter(|row| row.overlap_until.is_none()).map(|_| OVERLAP_ENDED.to_owned()),
        "resync-nothing" => {
            let row = row.filter(|row| row.products_to_add.is_empty())?;
            return Some(format!("{}: {}", isolated(&row.name), nothing_to_add(row)));
        }
        "delete-failing" => Change::Delete,
        _ => Change::parse(done)?,
    };
    let obstacles = match row {
        Some(row) => row.obstacles(),
        None => Obstacles { expired: done == "delete-failing", ..Obstacles::default() },
    };
    let is_so = match change {
        Change::Delete => row.is_none(),
        Change::Disable => obstacles.disabled,
        Change::Enable => row.is_some() && !obstacles.disabled,
        Change::Resync => row.is_some_and(|row| row.products_to_add.is_empty()),
    };
    let what = row.map_or("The token".to_owned(), |row| isolated(&row.name));
    is_so.then(|| done_sentence(change, &what, 1, &[], obstacles))
}

/// The result of *End overlap now*.
pub const OVERLAP_ENDED: &str = "The overlap is ended: the former secret no longer works.";
