//! Creates a project with many tokens: in the database for our page, and as JSON for the React page.

use std::{fs, path::Path};

use registry_tokens::{
    models::audit::ChangeAction,
    server::{
        accounts::{set_password, store as accounts},
        audit::Tx,
        client_info::ClientInfo,
        clock::Day,
        id,
        state::AppState,
        tokens::change::store::{self as tokens, NewToken},
        usage::store as usage,
    },
};
use serde::Serialize;
use serde_json::json;

use super::support::{self, Outcome};

pub const ADMIN: &str = "ada@bench.example";

/// Members of the project; the first is its admin.
const MEMBERS: [(&str, &str); 12] = [
    (ADMIN, "Ada Okafor"),
    ("ben@bench.example", "Ben Lindqvist"),
    ("chloe@bench.example", "Chloe Martin"),
    ("deepa@bench.example", "Deepa Nair"),
    ("emil@bench.example", "Emil Novak"),
    ("fatima@bench.example", "Fatima Zahra"),
    ("goran@bench.example", "Goran Petrov"),
    ("hana@bench.example", "Hana Sato"),
    ("ines@bench.example", "Ines Costa"),
    ("jonas@bench.example", "Jonas Weber"),
    ("kemi@bench.example", "Kemi Adeyemi"),
    ("liam@bench.example", "Liam Byrne"),
];
const SERVICE_USERS: [(&str, &str); 8] = [
    ("ci@bench.example", "CI pipeline"),
    ("staging@bench.example", "Staging cluster"),
    ("production@bench.example", "Production cluster"),
    ("nightly@bench.example", "Nightly tests"),
    ("edge@bench.example", "Edge rollout"),
    ("mirror@bench.example", "Mirror"),
    ("farm@bench.example", "Build farm"),
    ("recovery@bench.example", "Disaster recovery"),
];
/// Deactivated, so their tokens are disabled.
const INACTIVE: [&str; 2] = ["liam@bench.example", "recovery@bench.example"];

/// Products by key, with the days until their subscriptions end; two have ended.
const PRODUCTS: [(&str, i64); 7] = [
    ("wso2-am-old", -10),
    ("wso2-apim", 400),
    ("wso2-esb", -200),
    ("wso2-is", 400),
    ("wso2-mi", 120),
    ("wso2-ob", 20),
    ("wso2-si", 10),
];
/// Products of the tokens, as indexes into `PRODUCTS`, active subscriptions first, as on the pages. Each entry is equally likely.
const HOLDINGS: [&[usize]; 10] = [
    &[1, 3, 4, 5, 6],
    &[1, 3, 4, 5, 6],
    &[1, 3, 4, 5, 6],
    &[1, 3, 4, 5, 6],
    &[1, 3],
    &[1, 3],
    &[1, 3, 4, 5, 0, 2],
    &[1, 3, 4, 5, 0, 2],
    &[5, 6],
    &[0, 2],
];
const WORDS: [&str; 8] = ["build", "ci-main", "deploy", "edge", "helm", "nightly", "release", "staging"];
/// Seconds between the creation times of two tokens: ten minutes.
const APART: i64 = 600;

/// Fills the folder's database, and writes the tokens to `tokens.json` there, newest first.
pub async fn seed(folder: &Path, count: usize, password: &str) -> Outcome<()> {
    let state = support::open(folder).await?;
    let rows = fill(&state, count).await?;
    set_password(&state, ADMIN, password.to_owned()).await.map_err(|error| format!("{error:?}"))?;
    state.db.close().await;
    fs::write(folder.join("tokens.json"), serde_json::to_vec(&rows)?)?;
    Ok(())
}

/// Fills a database and returns the tokens, newest first.
pub async fn fill(state: &AppState, count: usize) -> Outcome<Vec<Row>> {
    support::import(state, &catalogue(state)).await?;
    let mut members = Vec::new();
    for (email, name) in MEMBERS {
        let user = accounts::user_by_email(&mut state.db.reader(), email).await?.ok_or("no user")?;
        members.push(Owner { email, name, user_id: user.id });
    }
    let mut tx = state.db.begin().await?;
    let mut rows = Vec::with_capacity(count);
    for n in 0..count {
        rows.push(add(&mut tx, state, &members, n).await?);
    }
    tx.commit(state.audit_entry("operator", ChangeAction::CatalogueImported, &ClientInfo::command_line())).await?;
    Ok(rows)
}

fn catalogue(state: &AppState) -> String {
    let today = state.clock.today();
    let user = |(email, name): (&str, &str)| json!({"email": email, "name": name, "active": !INACTIVE.contains(&email)});
    let role = |email: &str| if email == ADMIN { "admin" } else { "customer" };
    json!({
        "products": PRODUCTS.map(|(key, _)| json!({"key": key, "name": key, "repositories": [format!("{key}/*")]})),
        "users": MEMBERS.map(user),
        "projects": [{
            "key": "BENCH",
            "name": "Bench",
            "subscriptions": PRODUCTS.map(|(key, ends)| {
                json!({"product": key, "starts": today.plus(-400).to_string(), "ends": today.plus(ends).to_string()})
            }),
            "members": MEMBERS.map(|(email, _)| json!({"email": email, "role": role(email)})),
            "service_users": SERVICE_USERS.map(user),
        }],
    })
    .to_string()
}

struct Owner {
    email: &'static str,
    name: &'static str,
    user_id: String,
}

/// A token in the JSON of the React page: only the fields that the page shows.
#[derive(Serialize)]
pub struct Row {
    pub id: String,
    name: String,
    kind: &'static str,
    created_for: UserRef,
    created_by: UserRef,
    /// Unix seconds.
    created_at: i64,
    created_on: String,
    products: Vec<Held>,
    subscription_end: Option<String>,
    days_left: Option<i64>,
    status: &'static str,
    status_reason: Option<String>,
    products_to_add: Vec<&'static str>,
    is_owner_inactive: bool,
    /// Older than 30 days, and no pull in the last 30.
    is_unused: bool,
    pulls: i64,
    last_used_at: Option<i64>,
}

#[derive(Serialize)]
struct UserRef {
    email: &'static str,
    name: &'static str,
}

#[derive(Serialize)]
struct Held {
    key: &'static str,
    ends: String,
    running: bool,
}

/// Adds the token with this number; 0 is the newest.
async fn add(tx: &mut Tx, state: &AppState, members: &[Owner], n: usize) -> Outcome<Row> {
    // Pseudo-random, but the same in every run.
    let chance = (n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 24;
    let (word, holding) = (WORDS[chance % 8], HOLDINGS[(chance >> 4) % 10]);
    let creator = &members[(chance >> 12) % MEMBERS.len()];
    let service_user = ((chance >> 20) % 5 < 2).then(|| SERVICE_USERS[(chance >> 28) % 8]);
    let (email, owner) = service_user.unwrap_or((creator.email, creator.name));

    let today = state.clock.today();
    let created_at = state.clock.now() - APART * i64::try_from(n)?;
    let (id, name) = (id::new(created_at * 1000, &state.random), format!("{word}-{n:06}"));
    let keys: Vec<&str> = holding.iter().map(|&place| PRODUCTS[place].0).collect();
    let token = NewToken {
        id: &id,
        project_key: "BENCH",
        name: &name,
        login_name: &format!("bench.{name}"),
        created_for_user: service_user.is_none().then_some(creator.user_id.as_str()),
        created_for_service_user: service_user.map(|(email, _)| email),
        created_by: &creator.user_id,
        created_at,
        secret_hash: &state.hasher.hash(&name),
        products: &keys,
    };
    tokens::create(tx, &token).await?;
    let last_use = (!chance.is_multiple_of(3)).then(|| used(chance, state.clock.now()));
    if let Some(last_use) = &last_use {
        usage::add(tx, &id, &Day::of(last_use.at).to_string(), last_use).await?;
    }

    let days_left = holding.iter().filter(|&&place| running(place)).map(|&place| PRODUCTS[place].1).max();
    let is_owner_inactive = INACTIVE.contains(&email);
    Ok(Row {
        kind: if service_user.is_some() { "Service" } else { "User" },
        created_for: UserRef { email, name: owner },
        created_by: UserRef { email: creator.email, name: creator.name },
        created_at,
        created_on: Day::of(created_at).to_string(),
        products: holding.iter().map(|&place| held(place, today)).collect(),
        subscription_end: holding.iter().map(|&place| today.plus(PRODUCTS[place].1).to_string()).max(),
        days_left,
        status: status(is_owner_inactive, days_left),
        status_reason: is_owner_inactive.then(|| format!("{owner} was deactivated")),
        products_to_add: (0..PRODUCTS.len())
            .filter(|place| running(*place) && !holding.contains(place))
            .map(|place| PRODUCTS[place].0)
            .collect(),
        is_owner_inactive,
        is_unused: last_use.is_none() && Day::of(created_at).days_until(today) > 30,
        pulls: last_use.as_ref().map_or(0, |last_use| last_use.pulls),
        last_used_at: last_use.map(|last_use| last_use.at),
        id,
        name,
    })
}

/// The recent usage of a token.
fn used(chance: usize, now: i64) -> usage::Use {
    usage::Use {
        pulls: i64::try_from(chance % 200 + 1).unwrap_or(1),
        at: now - i64::try_from(chance % (28 * 86_400)).unwrap_or(0),
        address: format!("10.0.{}.{}", chance % 4, chance % 200),
        client: "containerd/1.7.24".to_owned(),
    }
}

/// Whether the subscription to the product at this index is active.
fn running(place: usize) -> bool {
    PRODUCTS[place].1 >= 0
}

fn held(place: usize, today: Day) -> Held {
    let (key, days) = PRODUCTS[place];
    Held { key, ends: today.plus(days).to_string(), running: running(place) }
}

fn status(is_owner_inactive: bool, days_left: Option<i64>) -> &'static str {
    match days_left {
        _ if is_owner_inactive => "disabled",
        None => "expired",
        Some(..=30) => "expiring-soon",
        Some(_) => "active",
    }
}
