//! The tokens of a list, a column for each thing that is known of them. What a filter looks at is the same of many tokens:
//! each combination of that stands once, as a profile.

use std::collections::HashMap;

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
    // Of the profile.
    Kind,
    Status,
    CreatedFor,
    CreatedBy,
    ProductSet,
    IsOwnerInactive,
    IsUnused,
    // Of the token alone.
    CreatedOn,
    /// Its place among the names, in alphabetical order.
    NameRank,
    StatusReason,
    IsPaused,
    /// Moments are Unix seconds; those past the year 2106 are the last of them.
    OverlapUntil,
    Generation,
    Pulls,
    LastAt,
    LastAddress,
    LastClient,
}

/// How many fields a profile has.
const OF_PROFILE: usize = Field::IsUnused as usize + 1;
const FIELDS: usize = Field::LastClient as usize + 1;
/// Stands where there is none.
const NONE: u32 = u32::MAX;

/// Many tokens.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedTokens {
    ids: Texts,
    names: Texts,
    /// Profiles, one behind the other.
    profiles: Numbers,
    /// Which one each token has.
    profile: Numbers,
    /// One for each other [`Field`].
    columns: Vec<Numbers>,
}

/// The profiles of a list that is being made, each with its place.
pub type Profiles = HashMap<[u32; OF_PROFILE], Index>;

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
    pub fn push(&mut self, id: &str, name: &str, known: &[(Field, Option<i64>)], profiles: &mut Profiles) {
        let mut numbers = [0; FIELDS];
        for (field, value) in known {
            numbers[*field as usize] = value.map_or(NONE, |value| u32::try_from(value.max(0)).unwrap_or(NONE).min(NONE - 1));
        }
        self.push_numbers(id, name, &numbers, profiles);
    }

    /// Puts one of another list behind the others.
    pub fn push_listed(&mut self, token: ListedToken<'_>, profiles: &mut Profiles) {
        let mut numbers = [0; FIELDS];
        let (shared, own) = numbers.split_at_mut(OF_PROFILE);
        for (at, number) in shared.iter_mut().enumerate() {
            *number = token.list.profiles.get(token.profile() * OF_PROFILE + at).unwrap_or_default();
        }
        for (number, column) in own.iter_mut().zip(&token.list.columns) {
            *number = column.get(token.at).unwrap_or_default();
        }
        self.push_numbers(token.id(), token.name(), &numbers, profiles);
    }

    fn push_numbers(&mut self, id: &str, name: &str, numbers: &[u32; FIELDS], profiles: &mut Profiles) {
        self.ids.push(id);
        self.names.push(name);
        let Some((shared, own)) = numbers.split_first_chunk::<OF_PROFILE>() else { return };
        let next = Index::try_from(profiles.len()).unwrap_or(Index::MAX);
        let profile = *profiles.entry(*shared).or_insert(next);
        if profile == next {
            shared.iter().for_each(|number| self.profiles.push(*number));
        }
        self.profile.push(profile);
        self.columns.resize(own.len(), Numbers::default());
        for (column, number) in self.columns.iter_mut().zip(own) {
            column.push(*number);
        }
    }

    /// `None` past the end.
    pub fn get(&self, at: usize) -> Option<ListedToken<'_>> {
        (at < self.len()).then_some(ListedToken { list: self, at })
    }

    pub fn iter(&self) -> impl Iterator<Item = ListedToken<'_>> {
        (0..self.len()).map(|at| ListedToken { list: self, at })
    }

    /// Every profile that a token has.
    pub fn profiles(&self) -> impl Iterator<Item = Profile<'_>> {
        (0..self.profiles.len() / OF_PROFILE).map(|at| Profile { list: self, at })
    }

    pub fn len(&self) -> usize {
        self.profile.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One of them. Each method reads its own column, and nothing else.
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

    /// The place of its profile in [`ListedTokens::profiles`].
    pub fn profile(self) -> usize {
        self.list.profile.get(self.at).unwrap_or_default() as usize
    }

    /// A number that is always known; 0 where it is not.
    pub fn number(self, field: Field) -> u32 {
        match (field as usize).checked_sub(OF_PROFILE) {
            None => Profile { list: self.list, at: self.profile() }.number(field),
            Some(column) => self.list.columns.get(column).and_then(|column| column.get(self.at)).unwrap_or_default(),
        }
    }

    /// A number that may be missing.
    pub fn known(self, field: Field) -> Option<u32> {
        Some(self.number(field)).filter(|number| *number != NONE)
    }

    pub fn is(self, field: Field) -> bool {
        self.number(field) == 1
    }

    pub fn kind(self) -> TokenType {
        Profile { list: self.list, at: self.profile() }.kind()
    }

    pub fn status(self) -> TokenStatus {
        Profile { list: self.list, at: self.profile() }.status()
    }

    pub fn last_use(self) -> Option<LastUse> {
        self.known(Field::LastAt).map(|at| LastUse {
            at: at.into(),
            address: self.number(Field::LastAddress),
            client: self.number(Field::LastClient),
        })
    }
}

/// What a filter looks at, the same of every token that has it.
#[derive(Clone, Copy)]
pub struct Profile<'a> {
    list: &'a ListedTokens,
    at: usize,
}

impl Profile<'_> {
    /// A field of the profile; 0 where it is none.
    pub fn number(self, field: Field) -> u32 {
        let at = field as usize;
        if at < OF_PROFILE { self.list.profiles.get(self.at * OF_PROFILE + at).unwrap_or_default() } else { 0 }
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
}
