//! The tokens of a list in columnar form. The fields that filters, sorting and the search use are numbers. Many tokens share the
//! same values of the filtered fields: each combination is stored once, as a profile. All other fields stay in the packed row of
//! the token, which is decoded only when the row is needed.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{
    packed::{Bytes, Numbers, Texts},
    token::{TokenStatus, TokenType},
};

/// An index into one of the lists of a [`super::token_list::TokenList`].
pub type Index = u32;

/// The fields of a token that filters, sorting and the search use; see [`super::token::TokenRow`] for their meaning.
#[derive(Clone, Copy)]
pub enum Field {
    // Fields of the profile.
    Kind,
    Status,
    CreatedFor,
    CreatedBy,
    ProductSet,
    IsOwnerInactive,
    IsUnused,
    // Fields of the token itself.
    /// Its rank in the alphabetical order of the names.
    NameRank,
    /// The index of a text.
    StatusReason,
    Pulls,
    /// Unix seconds, limited to the year 2106.
    LastAt,
    /// The index of a text.
    LastAddress,
}

/// The number of fields of a profile.
const OF_PROFILE: usize = Field::IsUnused as usize + 1;
const FIELDS: usize = Field::LastAddress as usize + 1;
/// Marks a missing value.
const NONE: u32 = u32::MAX;

/// The tokens, stored by column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedTokens {
    ids: Texts,
    names: Texts,
    /// The other fields of each token: see [`super::packing`].
    rows: Bytes,
    /// The fields of all profiles, concatenated.
    profiles: Numbers,
    /// The index of each token's profile.
    profile: Numbers,
    /// One column for each other [`Field`].
    columns: Vec<Numbers>,
}

/// The profiles of a list under construction, each with its index.
pub type Profiles = HashMap<[u32; OF_PROFILE], Index>;

/// The parts of a token that are no numbers.
#[derive(Clone, Copy)]
pub struct Unnumbered<'a> {
    pub id: &'a str,
    pub name: &'a str,
    /// The packed row.
    pub row: &'a [u8],
}

impl ListedTokens {
    /// Appends a token. A field that is not in `known` is 0; one without a value is missing.
    pub fn push(&mut self, token: Unnumbered<'_>, known: &[(Field, Option<i64>)], profiles: &mut Profiles) {
        let mut numbers = [0; FIELDS];
        for (field, value) in known {
            numbers[*field as usize] = value.map_or(NONE, |value| u32::try_from(value.max(0)).unwrap_or(NONE).min(NONE - 1));
        }
        self.push_numbers(token, &numbers, profiles);
    }

    /// Appends a token of another list.
    pub fn push_listed(&mut self, token: ListedToken<'_>, profiles: &mut Profiles) {
        let mut numbers = [0; FIELDS];
        let (shared, own) = numbers.split_at_mut(OF_PROFILE);
        for (at, number) in shared.iter_mut().enumerate() {
            *number = token.list.profiles.get(token.profile() * OF_PROFILE + at).unwrap_or_default();
        }
        for (number, column) in own.iter_mut().zip(&token.list.columns) {
            *number = column.get(token.at).unwrap_or_default();
        }
        self.push_numbers(token.unnumbered(), &numbers, profiles);
    }

    fn push_numbers(&mut self, token: Unnumbered<'_>, numbers: &[u32; FIELDS], profiles: &mut Profiles) {
        self.ids.push(token.id);
        self.names.push(token.name);
        self.rows.push(token.row);
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

    /// All profiles of the tokens.
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

/// A token of the list. Each method reads only the columns that it needs.
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

    /// Its packed row.
    pub fn row(self) -> &'a [u8] {
        self.list.rows.get(self.at)
    }

    fn unnumbered(self) -> Unnumbered<'a> {
        Unnumbered { id: self.id(), name: self.name(), row: self.row() }
    }

    /// The index of its profile in [`ListedTokens::profiles`].
    pub fn profile(self) -> usize {
        self.list.profile.get(self.at).unwrap_or_default() as usize
    }

    /// The number of a field that always has a value; 0 if it has none.
    pub fn number(self, field: Field) -> u32 {
        match (field as usize).checked_sub(OF_PROFILE) {
            None => Profile { list: self.list, at: self.profile() }.number(field),
            Some(column) => self.list.columns.get(column).and_then(|column| column.get(self.at)).unwrap_or_default(),
        }
    }

    /// The number of a field that may be missing.
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
}

/// The filtered fields, shared by every token with this profile.
#[derive(Clone, Copy)]
pub struct Profile<'a> {
    list: &'a ListedTokens,
    at: usize,
}

impl Profile<'_> {
    /// The number of a field of the profile; 0 for any other field.
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
