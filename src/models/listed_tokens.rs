//! The tokens of a list, a column for each thing that is known of them.

use serde::{Deserialize, Serialize};

use super::{
    packed::{Numbers, Texts},
    token::{TokenStatus, TokenType},
};

/// An index into one of the lists of a [`super::token_list::TokenList`].
pub type Index = u32;

/// What is a number of a token; see [`super::token::TokenRow`] for what each means.
#[derive(Clone, Copy)]
pub enum Field {
    Kind,
    Status,
    CreatedFor,
    CreatedBy,
    CreatedOn,
    Holding,
    /// Its place among the names, in alphabetical order.
    NameRank,
    StatusReason,
    IsPaused,
    IsOwnerInactive,
    IsUnused,
    /// Moments are Unix seconds; those past the year 2106 are the last of them.
    OverlapUntil,
    Generation,
    Pulls,
    LastAt,
    LastAddress,
    LastClient,
}

const COLUMNS: usize = Field::LastClient as usize + 1;
/// Stands where there is none.
const NONE: u32 = u32::MAX;

/// Many tokens.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedTokens {
    ids: Texts,
    names: Texts,
    /// One for each [`Field`].
    columns: Vec<Numbers>,
}

/// When a token was used last, and by what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastUse {
    /// Unix seconds.
    pub at: i64,
    pub address: Index,
    pub client: Index,
}

impl ListedTokens {
    /// Puts a token behind the others. What is not said of it is 0, or none.
    pub fn push(&mut self, id: &str, name: &str, known: &[(Field, Option<i64>)]) {
        let mut numbers = [0; COLUMNS];
        for (field, value) in known {
            numbers[*field as usize] = value.map_or(NONE, |value| u32::try_from(value.max(0)).unwrap_or(NONE).min(NONE - 1));
        }
        self.push_numbers(id, name, numbers.into_iter());
    }

    /// Puts one of another list behind the others.
    pub fn push_listed(&mut self, token: ListedToken<'_>) {
        let numbers = token.list.columns.iter().map(|column| column.get(token.at).unwrap_or_default());
        self.push_numbers(token.id(), token.name(), numbers);
    }

    fn push_numbers(&mut self, id: &str, name: &str, numbers: impl Iterator<Item = u32>) {
        self.ids.push(id);
        self.names.push(name);
        self.columns.resize(COLUMNS, Numbers::default());
        for (column, number) in self.columns.iter_mut().zip(numbers) {
            column.push(number);
        }
    }

    /// `None` past the end.
    pub fn get(&self, at: usize) -> Option<ListedToken<'_>> {
        (at < self.len()).then_some(ListedToken { list: self, at })
    }

    pub fn iter(&self) -> impl Iterator<Item = ListedToken<'_>> {
        (0..self.len()).map(|at| ListedToken { list: self, at })
    }

    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, Numbers::len)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One of them. Each question reads its own column, and nothing else.
#[derive(Clone, Copy)]
pub struct ListedToken<'a> {
    list: &'a ListedTokens,
    at: usize,
}

impl<'a> ListedToken<'a> {
    pub fn id(self) -> &'a str {
        self.list.ids.get(self.at)
    }

    pub fn name(self) -> &'a str {
        self.list.names.get(self.at)
    }

    /// A number that is always known; 0 where it is not.
    pub fn number(self, field: Field) -> u32 {
        self.list.columns.get(field as usize).and_then(|column| column.get(self.at)).unwrap_or_default()
    }

    /// A number that may be missing.
    pub fn known(self, field: Field) -> Option<u32> {
        Some(self.number(field)).filter(|number| *number != NONE)
    }

    pub fn is(self, field: Field) -> bool {
        self.number(field) == 1
    }

    pub fn kind(self) -> TokenType {
        if self.number(Field::Kind) == TokenType::Service as u32 { TokenType::Service } else { TokenType::User }
    }

    pub fn status(self) -> TokenStatus {
        let status = TokenStatus::ALL.into_iter().find(|status| *status as u32 == self.number(Field::Status));
        status.unwrap_or(TokenStatus::Disabled)
    }

    pub fn last_use(self) -> Option<LastUse> {
        self.known(Field::LastAt).map(|at| LastUse {
            at: at.into(),
            address: self.number(Field::LastAddress),
            client: self.number(Field::LastClient),
        })
    }
}
