//! Packs rows into a [`TokenList`] and unpacks them. Values that rows share are collected, sorted and referenced by index. Each row
//! is then packed without them, so a field that is only shown needs no line here.

use std::collections::{HashMap, HashSet};

use super::{
    account::UserRef,
    collation::{plain, ranks, sort_key},
    listed_tokens::{Field, Index, ListedTokens, Profiles, Unnumbered},
    text,
    token::{TokenRow, TokenUsage},
    token_list::{ProductSet, TokenList},
    token_name::login_name,
};

/// Assigns equal values the same index.
struct Shared<T>(HashMap<T, Index>);

impl<T: Clone + Eq + std::hash::Hash> Shared<T> {
    fn new() -> Self {
        Self(HashMap::new())
    }

    fn index(&mut self, value: T) -> Index {
        let next = Index::try_from(self.0.len()).unwrap_or(Index::MAX);
        *self.0.entry(value).or_insert(next)
    }

    fn into_list(self) -> Vec<T> {
        let mut all: Vec<_> = self.0.into_iter().collect();
        all.sort_unstable_by_key(|(_, index)| *index);
        all.into_iter().map(|(value, _)| value).collect()
    }
}

impl TokenList {
    /// Packs rows, in their order.
    pub fn of(rows: impl IntoIterator<Item = TokenRow>) -> Self {
        let mut rows: Vec<TokenRow> = rows.into_iter().collect();
        let name_ranks = ranks(rows.iter().map(|row| sort_key(&row.name)));
        let login_prefix = rows.first().map(login_prefix).unwrap_or_default();
        let (users, places) = by_name(rows.iter().flat_map(|row| [&row.created_for, &row.created_by]));
        let mut product_sets = Shared::new();
        let held: Vec<Index> = rows.iter_mut().map(|row| product_sets.index(product_set(row))).collect();
        let (product_sets, product_set_places) = by_products(product_sets.into_list());
        let (mut texts, mut tokens, mut profiles) = (Shared::new(), ListedTokens::default(), Profiles::default());
        for ((mut row, name_rank), held) in rows.into_iter().zip(name_ranks).zip(held) {
            let user = |user: &UserRef| places.get(&user.email).copied().map(i64::from);
            let mut text = |text: String| i64::from(texts.index(text));
            let last_address = std::mem::take(&mut row.usage.last_address);
            let known = [
                (Field::Kind, Some(row.kind as i64)),
                (Field::Status, Some(row.status as i64)),
                (Field::CreatedFor, user(&std::mem::take(&mut row.created_for))),
                (Field::CreatedBy, user(&std::mem::take(&mut row.created_by))),
                (Field::ProductSet, product_set_places.get(held as usize).copied().map(i64::from)),
                (Field::IsOwnerInactive, Some(row.is_owner_inactive.into())),
                (Field::IsUnused, Some(row.is_unused.into())),
                (Field::NameRank, Some(name_rank.into())),
                (Field::StatusReason, row.status_reason.take().map(&mut text)),
                (Field::Pulls, Some(row.usage.pulls)),
                (Field::LastAt, row.usage.last_at),
                (Field::LastAddress, row.usage.last_at.map(|_| text(last_address))),
            ];
            let (id, name) = (std::mem::take(&mut row.id), std::mem::take(&mut row.name));
            row.login_name.clear();
            // Packing to memory cannot fail.
            let row = postcard::to_allocvec(&row).unwrap_or_default();
            tokens.push(Unnumbered { id: &id, name: &name, row: &row }, &known, &mut profiles);
        }
        let texts = texts.into_list();
        Self {
            login_prefix,
            products: products(&product_sets),
            searched_users: searched(users.iter().map(|user| format!("{}\n{}", user.name, user.email))),
            searched_texts: searched(texts.iter()),
            users,
            product_sets,
            texts,
            tokens,
        }
    }

    /// Unpacks one token as a row. `None` past the end.
    pub fn row(&self, index: usize, project_key: &str) -> Option<TokenRow> {
        let token = self.tokens.get(index)?;
        let product_set = self.product_set(token)?;
        let user = |field| self.users.get(token.number(field) as usize).cloned().unwrap_or_default();
        let text = |field| self.texts.get(token.known(field)? as usize).cloned();
        let row: TokenRow = postcard::from_bytes(token.row()).ok()?;
        Some(TokenRow {
            id: token.id().to_owned(),
            name: token.name().to_owned(),
            login_name: login_name(project_key, token.name()),
            created_for: user(Field::CreatedFor),
            created_by: user(Field::CreatedBy),
            products: product_set.products.clone(),
            subscription_end: product_set.subscription_end.clone(),
            days_left: product_set.days_left,
            status_reason: text(Field::StatusReason),
            products_to_add: product_set.products_to_add.clone(),
            resync_end: product_set.resync_end.clone(),
            next_start: product_set.next_start.clone(),
            usage: TokenUsage { last_address: text(Field::LastAddress).unwrap_or_default(), ..row.usage },
            ..row
        })
    }
}

/// The login name without the token's name.
fn login_prefix(row: &TokenRow) -> String {
    row.login_name.get(..row.login_name.len().saturating_sub(row.name.len())).unwrap_or_default().to_owned()
}

/// Moves the product set out of a row.
fn product_set(row: &mut TokenRow) -> ProductSet {
    ProductSet {
        products: std::mem::take(&mut row.products),
        subscription_end: row.subscription_end.take(),
        days_left: row.days_left,
        products_to_add: std::mem::take(&mut row.products_to_add),
        resync_end: row.resync_end.take(),
        next_start: row.next_start.take(),
    }
}

/// The users sorted by name, then by e-mail, and the index of each by its e-mail. Filters know users by their e-mail, so a user and a
/// service user with the same one are one here, under one of the names.
fn by_name<'a>(users: impl Iterator<Item = &'a UserRef>) -> (Vec<UserRef>, HashMap<String, Index>) {
    let unique: HashMap<&str, &UserRef> = users.map(|user| (user.email.as_str(), user)).collect();
    let mut sorted: Vec<(String, &UserRef)> = unique.into_values().map(|user| (sort_key(&user.name), user)).collect();
    sorted.sort_unstable_by(|a, b| (&a.0, &a.1.name, &a.1.email).cmp(&(&b.0, &b.1.name, &b.1.email)));
    let places = (0..).zip(&sorted).map(|(place, (_, user))| (user.email.clone(), place)).collect();
    (sorted.into_iter().map(|(_, user)| user.clone()).collect(), places)
}

/// The product sets sorted by their products, and the new index of each by its old index.
fn by_products(product_sets: Vec<ProductSet>) -> (Vec<ProductSet>, Vec<Index>) {
    let key = |product_set: &ProductSet| {
        product_set.products.iter().map(|product| sort_key(&product.key)).collect::<Vec<_>>().join("\0")
    };
    let mut sorted: Vec<(String, Index, ProductSet)> =
        product_sets.into_iter().zip(0..).map(|(product_set, at)| (key(&product_set), at, product_set)).collect();
    sorted.sort_unstable_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    let mut places = vec![0; sorted.len()];
    for (place, (_, at, _)) in (0..).zip(&sorted) {
        places[*at as usize] = place;
    }
    (sorted.into_iter().map(|(.., product_set)| product_set).collect(), places)
}

/// The keys of all products held, sorted.
fn products(product_sets: &[ProductSet]) -> Vec<String> {
    let keys: HashSet<&str> =
        product_sets.iter().flat_map(|product_set| &product_set.products).map(|product| product.key.as_str()).collect();
    let mut keys: Vec<String> = keys.into_iter().map(str::to_owned).collect();
    keys.sort_by_cached_key(|key| sort_key(key));
    keys
}

/// The search texts of the texts that are not ASCII, by index: in plain letters, and in lower case as written.
fn searched(texts: impl Iterator<Item = impl AsRef<str>>) -> Vec<(Index, String)> {
    let indexed = (0..).zip(texts).filter(|(_, text)| !text.as_ref().is_ascii());
    indexed.map(|(at, text)| (at, format!("{}\n{}", plain(text.as_ref()), text::lower(&text::composed(text.as_ref()))))).collect()
}

#[cfg(test)]
mod tests {
    use super::TokenList;
    use crate::models::{
        account::UserRef,
        filter::{Filter, SelectFilter},
        sort::{Column, Sort},
        token::{TokenProduct, TokenRow, TokenUsage},
        token_list,
        view::View,
    };

    fn row(name: &str, created_for: (&str, &str), product: &str, reason: Option<&str>) -> TokenRow {
        TokenRow {
            created_for: UserRef { name: created_for.0.to_owned(), email: created_for.1.to_owned() },
            products: vec![TokenProduct { key: product.to_owned(), ends: None, running: true }],
            status_reason: reason.map(str::to_owned),
            usage: TokenUsage {
                pulls: 1,
                last_at: reason.map(|_| 5),
                last_address: if reason.is_some() { format!("192.0.2.{}", name.len()) } else { String::new() },
                last_client: String::new(),
            },
            ..token_list::tests::row(name, name, "", None)
        }
    }

    fn list() -> TokenList {
        TokenList::of([
            row("node-10", ("Zo\u{eb}", "z2@globex.example"), "apim-10", None),
            row(
                "Node-2",
                ("Zoltan", "zoltan@globex.example"),
                "apim-9",
                Some("Disabled by an admin: \u{dc}bergabe, stra\u{df}e"),
            ),
            row("edge", ("zoe", "z1@globex.example"), "is-1", None),
            row("node-002-b", ("Zo\u{eb}", "m\u{fc}ller@globex.example"), "apim-9", Some("Moved")),
        ])
    }

    fn names(view: &View) -> String {
        let list = list();
        let name = |at: u32| list.tokens.get(at as usize).map(|token| token.name()).unwrap_or_default();
        view.apply(&list).into_iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn numbers_sort_as_numbers_and_accents_beside_their_letters() {
        let by = |column, descending| names(&View { sort: Sort { column, descending }, ..View::default() });
        assert_eq!(by(Column::Name, false), "edge Node-2 node-002-b node-10");
        assert_eq!(by(Column::Name, true), "node-10 node-002-b Node-2 edge");
        assert_eq!(by(Column::CreatedFor, false), "edge node-002-b node-10 Node-2");
        assert_eq!(by(Column::Products, false), "Node-2 node-002-b node-10 edge");
    }

    #[test]
    fn a_search_finds_what_is_known_of_a_token() {
        for (search, found) in [
            ("ACME.node", "node-10 Node-2 node-002-b"),
            ("acme.edge", "edge"),
            ("acme.", "node-10 Node-2 edge node-002-b"),
            ("acme.x", ""),
            ("prod.edge", ""),
            ("zoltan@", "Node-2"),
            ("M\u{fc}ller@GLOBEX", "node-002-b"),
            ("muller", "node-002-b"),
            ("zoe", "node-10 edge node-002-b"),
            ("ZO\u{cb}", "node-10 node-002-b"),
            ("zo\u{e9}", ""),
            ("moved", "node-002-b"),
            ("disabled by", "Node-2"),
            ("uberg", "Node-2"),
            ("STRASSE", "Node-2"),
            ("192.0.2.6", "Node-2"),
            ("192.0.2", "Node-2 node-002-b"),
            // A creation date, which is not searched.
            ("2026-11", ""),
        ] {
            let mut view = View::default();
            view.filter.read("q", search);
            assert_eq!(names(&view), found, "{search}");
        }
    }

    #[test]
    fn people_of_one_name_are_told_apart() {
        let list = list();
        let facets = Filter::default().find(&list).facets;
        let users = facets.options(SelectFilter::CreatedFor, &list, "");
        let labels: Vec<&str> = users.iter().map(|option| option.label.as_str()).collect();
        assert_eq!(labels, ["zoe", "Zo\u{eb} (m\u{fc}ller@globex.example)", "Zo\u{eb} (z2@globex.example)", "Zoltan"]);
        let products = facets.options(SelectFilter::Product, &list, "");
        let products: Vec<_> = products.iter().map(|option| (option.label.as_str(), option.count)).collect();
        assert_eq!(products, [("apim-9", 2), ("apim-10", 1), ("is-1", 1)]);
    }

    #[test]
    fn a_part_of_a_list_is_searched_like_the_whole() {
        let part = list().part(&[3, 0]);
        for (search, found) in [("acme.node-002", 1), ("uller", 1), ("zoe", 2)] {
            let mut view = View::default();
            view.filter.read("q", search);
            assert_eq!(view.apply(&part).len(), found, "{search}");
        }
    }
}
