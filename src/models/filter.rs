//! Which tokens the page shows, as its address says it: a link reproduces the view.

use serde::{Deserialize, Serialize};

use super::{
    listed_tokens::{Field, ListedToken},
    search::Search,
    text,
    token::{TokenStatus, TokenType},
    token_list::TokenList,
};

/// A choice that can be switched on and off by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Status(TokenStatus),
    Kind(TokenType),
    /// Those that Re-sync would change.
    ToAdd,
    /// Those whose person or service user was deactivated or left.
    OwnerInactive,
    /// Those older than 30 days that pulled nothing in the last 30.
    Unused,
}

impl Choice {
    pub fn label(self) -> &'static str {
        match self {
            Self::Status(status) => status.label(),
            Self::Kind(kind) => kind.label(),
            Self::ToAdd => "Products to add",
            Self::OwnerInactive => "Owner inactive",
            Self::Unused => "Unused for 30 days",
        }
    }
}

/// What can be chosen from a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    CreatedBy,
    CreatedFor,
    Product,
}

impl Pick {
    pub const ALL: [Self; 3] = [Self::CreatedBy, Self::CreatedFor, Self::Product];

    pub fn label(self) -> &'static str {
        match self {
            Self::CreatedBy => "Created By",
            Self::CreatedFor => "Created For",
            Self::Product => "Product",
        }
    }

    /// The name in an address.
    pub fn param(self) -> &'static str {
        match self {
            Self::CreatedBy => "by",
            Self::CreatedFor => "for",
            Self::Product => "product",
        }
    }
}

/// What narrows the list. All of it must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// What [`Search`] looks for.
    pub search: String,
    pub kind: Option<TokenType>,
    pub status: Option<TokenStatus>,
    pub to_add: bool,
    pub owner_inactive: bool,
    pub unused: bool,
    /// E-mail addresses and a product's key; empty where nothing is picked.
    picks: [String; 3],
}

impl Filter {
    /// Takes one pair of an address's query; what it does not know it passes over.
    pub fn read(&mut self, name: &str, value: &str) {
        match (name, value) {
            ("q", search) => self.search = text::search(search),
            ("type", "user") => self.kind = Some(TokenType::User),
            ("type", "service") => self.kind = Some(TokenType::Service),
            ("status", slug) => self.status = TokenStatus::parse(slug),
            ("add", "1") => self.to_add = true,
            ("owner", "inactive") => self.owner_inactive = true,
            ("unused", "1") => self.unused = true,
            _ => {
                if let Some(pick) = Pick::ALL.into_iter().find(|pick| pick.param() == name) {
                    let is_email = matches!(pick, Pick::CreatedBy | Pick::CreatedFor);
                    self.pick(pick, if is_email { text::email(value) } else { value.to_owned() });
                }
            }
        }
    }

    /// The pairs that [`Filter::read`] takes back.
    pub fn to_pairs(&self) -> Vec<(&'static str, &str)> {
        let mut pairs = Vec::new();
        let mut add = |name, value| pairs.push((name, value));
        if !self.search.is_empty() {
            add("q", self.search.as_str());
        }
        if let Some(kind) = self.kind {
            add("type", if kind == TokenType::User { "user" } else { "service" });
        }
        if let Some(status) = self.status {
            add("status", status.slug());
        }
        if self.to_add {
            add("add", "1");
        }
        if self.owner_inactive {
            add("owner", "inactive");
        }
        if self.unused {
            add("unused", "1");
        }
        for pick in Pick::ALL {
            if !self.picked(pick).is_empty() {
                add(pick.param(), self.picked(pick));
            }
        }
        pairs
    }

    /// What is picked; empty where nothing is.
    pub fn picked(&self, pick: Pick) -> &str {
        &self.picks[pick as usize]
    }

    pub fn pick(&mut self, pick: Pick, value: String) {
        self.picks[pick as usize] = value;
    }

    /// Whether a choice is on.
    pub fn has(&self, choice: Choice) -> bool {
        match choice {
            Choice::Status(status) => self.status == Some(status),
            Choice::Kind(kind) => self.kind == Some(kind),
            Choice::ToAdd => self.to_add,
            Choice::OwnerInactive => self.owner_inactive,
            Choice::Unused => self.unused,
        }
    }

    /// The same with one choice switched; of statuses and of types only one can be on.
    pub fn toggled(&self, choice: Choice) -> Self {
        let on = !self.has(choice);
        let mut filter = self.clone();
        match choice {
            Choice::Status(status) => filter.status = on.then_some(status),
            Choice::Kind(kind) => filter.kind = on.then_some(kind),
            Choice::ToAdd => filter.to_add = on,
            Choice::OwnerInactive => filter.owner_inactive = on,
            Choice::Unused => filter.unused = on,
        }
        filter
    }

    /// Whether it narrows nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The positions of the tokens that are shown, in the list's order.
    pub fn apply(&self, list: &TokenList) -> Vec<u32> {
        if self.is_empty() {
            return list.positions().collect();
        }
        let matcher = Matcher::new(self, list);
        list.positions()
            .zip(list.tokens.iter())
            .filter(|(_, token)| matcher.shows(*token))
            .map(|(position, _)| position)
            .collect()
    }
}

/// A filter made ready for one list: what tokens share is looked at once, not once a token.
struct Matcher<'a> {
    filter: &'a Filter,
    search: Search,
    /// For each person, whether they are picked.
    by: Option<Vec<bool>>,
    for_whom: Option<Vec<bool>>,
    /// For each holding, whether it has the picked product.
    product: Option<Vec<bool>>,
    /// For each holding, whether Re-sync would add to it.
    to_add: Vec<bool>,
}

impl<'a> Matcher<'a> {
    fn new(filter: &'a Filter, list: &TokenList) -> Self {
        let people = |pick: Pick| {
            let email = filter.picked(pick);
            (!email.is_empty()).then(|| list.people.iter().map(|person| person.email == email).collect())
        };
        let key = filter.picked(Pick::Product);
        let holds =
            |key: &str| list.holdings.iter().map(|holding| holding.products.iter().any(|product| product.key == key)).collect();
        Self {
            by: people(Pick::CreatedBy),
            for_whom: people(Pick::CreatedFor),
            product: (!key.is_empty()).then(|| holds(key)),
            to_add: list.holdings.iter().map(|holding| !holding.to_add.is_empty()).collect(),
            search: Search::new(&filter.search, list),
            filter,
        }
    }

    fn shows(&self, token: ListedToken<'_>) -> bool {
        let is = |list: &[bool], field| list.get(token.number(field) as usize).copied().unwrap_or_default();
        let picked = |list: &Option<Vec<bool>>, field| list.as_ref().is_none_or(|list| is(list, field));
        let filter = self.filter;
        filter.kind.is_none_or(|kind| kind == token.kind())
            && filter.status.is_none_or(|status| status == token.status())
            && (!filter.to_add || is(&self.to_add, Field::Holding))
            && (!filter.owner_inactive || token.is(Field::IsOwnerInactive))
            && (!filter.unused || token.is(Field::IsUnused))
            && picked(&self.by, Field::CreatedBy)
            && picked(&self.for_whom, Field::CreatedFor)
            && picked(&self.product, Field::Holding)
            && self.search.finds(token)
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, Filter, Pick, TokenStatus, TokenType};

    fn read(pairs: &[(&str, &str)]) -> Filter {
        let mut filter = Filter::default();
        for (name, value) in pairs {
            filter.read(name, value);
        }
        filter
    }

    #[test]
    fn an_address_reproduces_the_view() {
        let mut filter = Filter {
            search: "ci".to_owned(),
            kind: Some(TokenType::Service),
            status: Some(TokenStatus::ExpiringSoon),
            to_add: true,
            owner_inactive: true,
            unused: true,
            ..Filter::default()
        };
        filter.pick(Pick::Product, "wso2-apim".to_owned());
        filter.pick(Pick::CreatedBy, "ada@acme.example".to_owned());
        assert_eq!(read(&filter.to_pairs()), filter);
        assert_eq!(read(&[("status", "odd"), ("type", "x"), ("other", "1")]), Filter::default());
    }

    #[test]
    fn a_choice_switches_on_and_off() {
        let on = Filter::default().toggled(Choice::Status(TokenStatus::Expired));
        assert_eq!(on.to_pairs(), [("status", "expired")]);
        assert!(on.toggled(Choice::Status(TokenStatus::Expired)).is_empty());
        assert_eq!(on.toggled(Choice::Status(TokenStatus::Active)).to_pairs(), [("status", "active")]);
    }
}
