//! All tokens of a project in one value, as the browser receives and searches it.
//!
//! Values that many tokens share (users, products, texts) are stored once and referenced by index. So 10,000 tokens are small on
//! the wire and fast to read, and filters compare numbers. Shared values are stored in sort order, so sorting compares numbers
//! too. [`super::packing`] builds it, on the server.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{
    account::UserRef,
    listed_tokens::{Field, Index, ListedToken, ListedTokens, Profiles},
    text::isolated,
    token::TokenProduct,
};

/// The tokens, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenList {
    /// The common prefix of all login names: `acmeprod.`. Empty if there is no token.
    pub login_prefix: String,
    /// Sorted by name, then by e-mail.
    pub users: Vec<UserRef>,
    /// The keys of all products held, sorted.
    pub products: Vec<String>,
    /// Sorted by their products.
    pub product_sets: Vec<ProductSet>,
    /// Reasons and addresses.
    pub texts: Vec<String>,
    /// The search texts, in lower case, of users that are not ASCII, by index.
    pub searched_users: Vec<(Index, String)>,
    /// The same for texts.
    pub searched_texts: Vec<(Index, String)>,
    pub tokens: ListedTokens,
}

/// The products of a token, and the values that derive from them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ProductSet {
    pub products: Vec<TokenProduct>,
    pub subscription_end: Option<String>,
    pub days_left: Option<i64>,
    pub products_to_add: Vec<String>,
    pub resync_end: Option<String>,
    pub next_start: Option<String>,
}

impl TokenList {
    /// Returns a list of the tokens at these positions, in their order.
    pub fn part(&self, positions: &[u32]) -> Self {
        let (mut tokens, mut profiles) = (ListedTokens::default(), Profiles::default());
        let listed = positions.iter().filter_map(|&position| self.tokens.get(position as usize));
        listed.for_each(|token| tokens.push_listed(token, &mut profiles));
        Self {
            login_prefix: self.login_prefix.clone(),
            users: self.users.clone(),
            products: self.products.clone(),
            product_sets: self.product_sets.clone(),
            texts: self.texts.clone(),
            searched_users: self.searched_users.clone(),
            searched_texts: self.searched_texts.clone(),
            tokens,
        }
    }

    /// The isolated name of the user at this index, with the e-mail if another user of the list has the same name.
    pub fn label(&self, index: usize) -> String {
        let Some(user) = self.users.get(index) else { return String::new() };
        // Users with the same name are adjacent.
        let is_named = |at: Option<usize>| at.and_then(|at| self.users.get(at)).is_some_and(|other| other.name == user.name);
        let has_namesake = is_named(index.checked_sub(1)) || is_named(Some(index + 1));
        if has_namesake { user.label() } else { isolated(&user.name) }
    }

    /// The labels of the users that the token at this index was created for and by.
    pub fn users_of(&self, index: usize) -> [String; 2] {
        let token = self.tokens.get(index);
        let label = |field| token.map(|token| self.label(token.number(field) as usize)).unwrap_or_default();
        [label(Field::CreatedFor), label(Field::CreatedBy)]
    }

    /// The products of a token.
    pub fn product_set(&self, token: ListedToken<'_>) -> Option<&ProductSet> {
        self.product_sets.get(token.number(Field::ProductSet) as usize)
    }

    /// The position of the token with this id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.tokens.iter().position(|token| token.id() == id)
    }

    /// The positions of all tokens.
    pub fn positions(&self) -> Range<u32> {
        0..u32::try_from(self.len()).unwrap_or(u32::MAX)
    }

    /// The number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::TokenList;
    use crate::models::{
        account::UserRef,
        filter::{Filter, SelectFilter},
        sort::{Column, Sort},
        token::{TokenProduct, TokenRow, TokenStatus, TokenType, TokenUsage},
        view::View,
    };

    /// A token with every value set.
    pub fn row(id: &str, name: &str, user: &str, ends: Option<&str>) -> TokenRow {
        let product = TokenProduct { key: format!("product-{id}"), ends: ends.map(str::to_owned), running: true };
        TokenRow {
            id: id.to_owned(),
            name: name.to_owned(),
            login_name: format!("acme.{}", name.to_lowercase()),
            kind: TokenType::User,
            created_for: UserRef { email: format!("{user}@acme.example"), name: user.to_owned() },
            created_by: UserRef { email: "ada@acme.example".to_owned(), name: "Ada".to_owned() },
            created_on: "2026-11-23".to_owned(),
            products: vec![product],
            subscription_end: ends.map(str::to_owned),
            days_left: Some(9),
            status: TokenStatus::ExpiringSoon,
            status_reason: None,
            is_disabled_by_admin: false,
            is_owner_inactive: false,
            is_unused: true,
            overlap_until: Some(77),
            products_to_add: vec!["other".to_owned()],
            resync_end: Some("2028-02-29".to_owned()),
            next_start: Some("2029-02-28".to_owned()),
            generation: 2,
            usage: TokenUsage {
                pulls: 3,
                last_at: Some(5),
                last_address: "10.0.0.7".to_owned(),
                last_client: "skopeo".to_owned(),
            },
        }
    }

    fn rows() -> Vec<TokenRow> {
        vec![
            row("3", "b-token", "zoe", None),
            row("2", "C-token", "bob", Some("2027-01-01")),
            row("1", "a-token", "bob", Some("2026-12-01")),
        ]
    }

    fn names(view: &View) -> Vec<String> {
        let list = TokenList::of(rows());
        view.apply(&list).into_iter().map(|at| list.tokens.get(at as usize).expect("in the list").name().to_owned()).collect()
    }

    #[test]
    fn rows_come_out_as_they_went_in() {
        let list = TokenList::of(rows());
        let unpacked: Vec<_> = (0..list.len()).filter_map(|index| list.row(index, "ACME")).collect();
        assert_eq!(unpacked, rows());
        assert_eq!(list.users.iter().map(|user| user.name.as_str()).collect::<Vec<_>>(), ["Ada", "bob", "zoe"]);
        assert_eq!(list.position("1"), Some(2));
        assert_eq!(list.part(&[2]).row(0, "ACME").as_ref(), rows().get(2));
    }

    #[test]
    fn every_column_sorts() {
        let by = |column, descending| names(&View { sort: Sort { column, descending }, ..View::default() }).join(" ");
        assert_eq!(names(&View::default()).join(" "), "b-token C-token a-token");
        assert_eq!(by(Column::CreatedOn, false), "a-token C-token b-token");
        assert_eq!(by(Column::Name, false), "a-token b-token C-token");
        assert_eq!(by(Column::Name, true), "C-token b-token a-token");
        assert_eq!(by(Column::CreatedFor, false), "C-token a-token b-token");
        assert_eq!(by(Column::End, false), "b-token a-token C-token");
        assert_eq!(by(Column::Products, true), "b-token C-token a-token");
        assert_eq!(by(Column::LoginName, true), "C-token b-token a-token");
        for equal in [Column::Pulls, Column::CreatedBy, Column::Type, Column::Status, Column::LastUsed] {
            assert_eq!(by(equal, true), "b-token C-token a-token", "equals stay newest first");
        }
    }

    #[test]
    fn picks_and_searches_narrow() {
        let pick = |pick, value: &str| {
            let mut view = View::default();
            view.filter.pick(pick, value.to_owned());
            names(&view).join(" ")
        };
        assert_eq!(pick(SelectFilter::CreatedFor, "bob@acme.example"), "C-token a-token");
        assert_eq!(pick(SelectFilter::CreatedBy, "bob@acme.example"), "");
        assert_eq!(pick(SelectFilter::Product, "product-3"), "b-token");
        let search = |text: &str| {
            let mut view = View::default();
            view.filter.search = text.to_owned();
            names(&view).join(" ")
        };
        assert_eq!((search("C-T").as_str(), search("ZOE").as_str(), search("q").as_str()), ("C-token", "b-token", ""));
    }

    #[test]
    fn choices_are_counted() {
        let list = TokenList::of(rows());
        let facets = Filter::default().find(&list).facets;
        assert_eq!(facets.found(), 3);
        let options = facets.options(SelectFilter::CreatedFor, &list, "");
        let users: Vec<_> = options.iter().map(|option| (option.label.as_str(), option.count)).collect();
        assert_eq!(users, [("bob", 2), ("zoe", 1)]);
        assert_eq!(facets.options(SelectFilter::Product, &list, "").len(), 3);
    }
}
