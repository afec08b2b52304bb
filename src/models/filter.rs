//! The filter of the token list. The page's address contains it, so a link reproduces the view.

use serde::{Deserialize, Serialize};

use super::{
    listed_tokens::Field,
    secret_text::without_secret,
    text,
    token::{TokenStatus, TokenType},
    token_list::TokenList,
};

/// A filter choice that can be toggled by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToggleFilter {
    Status(TokenStatus),
    Kind(TokenType),
    /// Tokens that Re-sync would change.
    ToAdd,
    /// Tokens whose user or service user was deactivated or left.
    OwnerInactive,
    /// Tokens older than 30 days without a pull in the last 30 days.
    Unused,
}

impl ToggleFilter {
    /// Every choice, group by group.
    pub fn all() -> impl Iterator<Item = Self> {
        let kinds = [TokenType::User, TokenType::Service].map(Self::Kind);
        TokenStatus::ALL.map(Self::Status).into_iter().chain(kinds).chain([Self::ToAdd, Self::Unused, Self::OwnerInactive])
    }

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

/// A filter that picks one value from a dropdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelectFilter {
    CreatedBy,
    CreatedFor,
    Product,
}

impl SelectFilter {
    pub const ALL: [Self; 3] = [Self::CreatedBy, Self::CreatedFor, Self::Product];

    pub fn label(self) -> &'static str {
        match self {
            Self::CreatedBy => "Created By",
            Self::CreatedFor => "Created For",
            Self::Product => "Product",
        }
    }

    /// The field that is compared with the picked value.
    pub(super) fn field(self) -> Field {
        match self {
            Self::CreatedBy => Field::CreatedBy,
            Self::CreatedFor => Field::CreatedFor,
            Self::Product => Field::ProductSet,
        }
    }

    /// The parameter's name in the address.
    pub fn param(self) -> &'static str {
        match self {
            Self::CreatedBy => "by",
            Self::CreatedFor => "for",
            Self::Product => "product",
        }
    }
}

/// The statuses to match; empty matches any status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statuses(u8);

impl Statuses {
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn has(self, status: TokenStatus) -> bool {
        self.0 & Self::bit(status) != 0
    }

    /// Adds or removes a status.
    pub fn toggle(&mut self, status: TokenStatus) {
        self.0 ^= Self::bit(status);
    }

    fn bit(status: TokenStatus) -> u8 {
        1 << status as u8
    }
}

/// The filter of the list. A token must match all parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// The search text.
    pub search: String,
    pub kind: Option<TokenType>,
    pub statuses: Statuses,
    pub products_to_add: bool,
    pub owner_inactive: bool,
    pub unused: bool,
    /// The picked e-mail addresses and product key; empty if nothing is picked.
    picks: [String; 3],
}

impl Filter {
    /// Reads one pair of an address's query; ignores unknown pairs.
    pub fn read(&mut self, name: &str, value: &str) {
        match (name, value) {
            ("q", search) => self.search = text::search(without_secret(search)),
            ("type", "user") => self.kind = Some(TokenType::User),
            ("type", "service") => self.kind = Some(TokenType::Service),
            ("status", slug) => {
                if let Some(status) = TokenStatus::parse(slug).filter(|status| !self.statuses.has(*status)) {
                    self.statuses.toggle(status);
                }
            }
            ("add", "1") => self.products_to_add = true,
            ("owner", "inactive") => self.owner_inactive = true,
            ("unused", "1") => self.unused = true,
            _ => {
                if let Some(pick) = SelectFilter::ALL.into_iter().find(|pick| pick.param() == name) {
                    let is_email = matches!(pick, SelectFilter::CreatedBy | SelectFilter::CreatedFor);
                    self.pick(pick, if is_email { text::email(value) } else { value.to_owned() });
                }
            }
        }
    }

    /// The query pairs that [`Filter::read`] reads.
    pub fn to_pairs(&self) -> Vec<(&'static str, &str)> {
        let mut pairs = Vec::new();
        let mut add = |name, value| pairs.push((name, value));
        if !self.search.is_empty() {
            add("q", self.search.as_str());
        }
        if let Some(kind) = self.kind {
            add("type", if kind == TokenType::User { "user" } else { "service" });
        }
        for status in TokenStatus::ALL {
            if self.statuses.has(status) {
                add("status", status.slug());
            }
        }
        if self.products_to_add {
            add("add", "1");
        }
        if self.owner_inactive {
            add("owner", "inactive");
        }
        if self.unused {
            add("unused", "1");
        }
        for pick in SelectFilter::ALL {
            if !self.picked(pick).is_empty() {
                add(pick.param(), self.picked(pick));
            }
        }
        pairs
    }

    /// The picked value; empty if nothing is picked.
    pub fn picked(&self, pick: SelectFilter) -> &str {
        &self.picks[pick as usize]
    }

    pub fn pick(&mut self, pick: SelectFilter, value: String) {
        self.picks[pick as usize] = value;
    }

    /// Whether a choice is on.
    pub fn has(&self, choice: ToggleFilter) -> bool {
        match choice {
            ToggleFilter::Status(status) => self.statuses.has(status),
            ToggleFilter::Kind(kind) => self.kind == Some(kind),
            ToggleFilter::ToAdd => self.products_to_add,
            ToggleFilter::OwnerInactive => self.owner_inactive,
            ToggleFilter::Unused => self.unused,
        }
    }

    /// Returns the filter with one choice toggled. Several statuses can be on, but only one type.
    pub fn toggled(&self, choice: ToggleFilter) -> Self {
        let on = !self.has(choice);
        let mut filter = self.clone();
        match choice {
            ToggleFilter::Status(status) => filter.statuses.toggle(status),
            ToggleFilter::Kind(kind) => filter.kind = on.then_some(kind),
            ToggleFilter::ToAdd => filter.products_to_add = on,
            ToggleFilter::OwnerInactive => filter.owner_inactive = on,
            ToggleFilter::Unused => filter.unused = on,
        }
        filter
    }

    /// Returns the filter without this pick.
    pub fn without(&self, pick: SelectFilter) -> Self {
        let mut filter = self.clone();
        filter.pick(pick, String::new());
        filter
    }

    /// Whether it matches every token.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The positions of the matching tokens, in the list's order.
    pub fn apply(&self, list: &TokenList) -> Vec<u32> {
        self.find(list).positions
    }
}

#[cfg(test)]
mod tests {
    use super::{Filter, SelectFilter, Statuses, ToggleFilter, TokenStatus, TokenType};

    fn statuses(of: &[TokenStatus]) -> Statuses {
        let mut statuses = Statuses::default();
        of.iter().for_each(|status| statuses.toggle(*status));
        statuses
    }

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
            statuses: statuses(&[TokenStatus::ExpiringSoon, TokenStatus::Disabled]),
            products_to_add: true,
            owner_inactive: true,
            unused: true,
            ..Filter::default()
        };
        filter.pick(SelectFilter::Product, "wso2-apim".to_owned());
        filter.pick(SelectFilter::CreatedBy, "ada@acme.example".to_owned());
        assert_eq!(read(&filter.to_pairs()), filter);
        assert_eq!(read(&[("status", "odd"), ("type", "x"), ("other", "1")]), Filter::default());
    }

    #[test]
    fn an_address_names_any_number_of_statuses() {
        let expired = read(&[("status", "expired")]);
        assert_eq!(expired.statuses, statuses(&[TokenStatus::Expired]), "a link of before there could be several");
        let both = read(&[("status", "expired"), ("status", "odd"), ("status", "active"), ("status", "expired")]);
        assert_eq!(both.to_pairs(), [("status", "active"), ("status", "expired")]);
        assert_eq!(expired.toggled(ToggleFilter::Status(TokenStatus::Active)), both);
        assert_eq!(both.toggled(ToggleFilter::Status(TokenStatus::Active)), expired);
    }

    #[test]
    fn a_choice_switches_on_and_off() {
        let on = Filter::default().toggled(ToggleFilter::Status(TokenStatus::Expired));
        assert_eq!(on.to_pairs(), [("status", "expired")]);
        assert!(on.toggled(ToggleFilter::Status(TokenStatus::Expired)).is_empty());
        let of_users = Filter::default().toggled(ToggleFilter::Kind(TokenType::User));
        assert_eq!(of_users.toggled(ToggleFilter::Kind(TokenType::Service)).to_pairs(), [("type", "service")]);
    }
}
