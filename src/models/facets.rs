//! Facet counts: the number of tokens for each choice of the filters, within the other active filters.

use serde::{Deserialize, Serialize};

use super::{
    filter::{SelectFilter, ToggleFilter},
    listed_tokens::{Field, Profile},
    packed::Numbers,
    token::{TokenStatus, TokenType},
    token_list::TokenList,
};

/// Facet counts of a filter. Each choice counts the tokens that match every filter except those of the choice's own group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    /// The counts of the choices by [`place`], then per status the number of tokens that work longer after Re-sync, then the
    /// number of expired tokens that work again by themselves, then the number of matching tokens.
    counts: Numbers,
    /// Per user of the list how many tokens they created, then per user how many were created for them, then per product set how
    /// many have it. [`NONE`] if no token of the list has it.
    picks: Numbers,
}

/// The index of a choice in the counts.
fn place(choice: ToggleFilter) -> usize {
    match choice {
        ToggleFilter::Status(status) => status as usize,
        ToggleFilter::Kind(kind) => STATUSES + kind as usize,
        ToggleFilter::ToAdd => MARKS,
        ToggleFilter::OwnerInactive => MARKS + 1,
        ToggleFilter::Unused => MARKS + 2,
    }
}

const STATUSES: usize = TokenStatus::ALL.len();
const MARKS: usize = STATUSES + TokenType::Service as usize + 1;
const RESYNC_HELPS: usize = MARKS + 3;
const BEGIN_AGAIN: usize = RESYNC_HELPS + STATUSES;
const FOUND: usize = BEGIN_AGAIN + 1;
const NONE: u32 = u32::MAX;

/// One option of a dropdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectOption {
    /// The value in the page's address.
    pub value: String,
    pub label: String,
    pub count: u32,
}

impl Facets {
    /// The number of tokens that match the filter.
    pub fn found(&self) -> u32 {
        self.counts.get(FOUND).unwrap_or_default()
    }

    /// The number of tokens for a choice.
    pub fn count(&self, choice: ToggleFilter) -> u32 {
        self.counts.get(place(choice)).unwrap_or_default()
    }

    /// The number of matching tokens with this status that work longer after Re-sync.
    pub fn resync_helps(&self, status: TokenStatus) -> u32 {
        self.counts.get(RESYNC_HELPS + status as usize).unwrap_or_default()
    }

    /// The number of matching expired tokens of which a subscription begins again.
    pub fn begin_again(&self) -> u32 {
        self.counts.get(BEGIN_AGAIN).unwrap_or_default()
    }

    /// The options of a dropdown: every value that a token of the list has, and the picked value.
    pub fn options(&self, pick: SelectFilter, list: &TokenList, picked: &str) -> Vec<SelectOption> {
        let mut options = Vec::new();
        let mut add = |value: &str, label: String, count: u32| {
            options.push(SelectOption { value: value.to_owned(), label, count });
        };
        if pick == SelectFilter::Product {
            let counts = self.products(list);
            list.products.iter().zip(counts).for_each(|(key, count)| add(key, key.clone(), count));
        } else {
            for (at, user) in list.users.iter().enumerate() {
                if let Some(count) = self.picks.get(first_of(pick, list) + at).filter(|count| *count != NONE) {
                    add(&user.email, list.label(at), count);
                }
            }
        }
        if !picked.is_empty() && options.iter().all(|option| option.value != picked) {
            options.push(SelectOption { value: picked.to_owned(), label: picked.to_owned(), count: 0 });
        }
        options
    }

    /// The number of tokens with each product of the list.
    fn products(&self, list: &TokenList) -> Vec<u32> {
        let mut counts = vec![0; list.products.len()];
        for (at, product_set) in list.product_sets.iter().enumerate() {
            let tokens =
                self.picks.get(first_of(SelectFilter::Product, list) + at).filter(|count| *count != NONE).unwrap_or_default();
            for (key, count) in list.products.iter().zip(&mut counts) {
                if product_set.products.iter().any(|product| product.key == *key) {
                    *count += tokens;
                }
            }
        }
        counts
    }
}

/// The index of the first count of a pick.
fn first_of(pick: SelectFilter, list: &TokenList) -> usize {
    pick as usize * list.users.len()
}

/// The filter criteria that a token can fail, one bit each; 0 means none.
pub(super) mod criterion {
    pub const STATUS: u8 = 1;
    pub const KIND: u8 = 1 << 1;
    pub const TO_ADD: u8 = 1 << 2;
    pub const OWNER_INACTIVE: u8 = 1 << 3;
    pub const UNUSED: u8 = 1 << 4;
    /// The bit of the first [`super::SelectFilter`]; the next bits are for the others.
    pub const PICK: u8 = 1 << 5;
}

/// Accumulates facet counts.
pub(super) struct Counter<'a> {
    list: &'a TokenList,
    counts: [u32; FOUND + 1],
    picks: Vec<u32>,
}

impl<'a> Counter<'a> {
    pub fn new(list: &'a TokenList) -> Self {
        Self { list, counts: [0; FOUND + 1], picks: vec![NONE; 2 * list.users.len() + list.product_sets.len()] }
    }

    /// Adds the tokens of one profile to each count: those that fail no criterion, or only the criterion of the choice itself.
    pub fn add(&mut self, profile: Profile<'_>, failed: u8, tokens: u32) {
        let within = |bit: u8| if failed & !bit == 0 { tokens } else { 0 };
        let mut add = |at: usize, is: bool, bit: u8| self.counts[at] += if is { within(bit) } else { 0 };
        let (status, held) = (profile.status(), self.list.product_sets.get(profile.number(Field::ProductSet) as usize));
        add(place(ToggleFilter::Status(status)), true, criterion::STATUS);
        add(place(ToggleFilter::Kind(profile.kind())), true, criterion::KIND);
        add(place(ToggleFilter::ToAdd), held.is_some_and(|held| !held.products_to_add.is_empty()), criterion::TO_ADD);
        add(place(ToggleFilter::OwnerInactive), profile.is(Field::IsOwnerInactive), criterion::OWNER_INACTIVE);
        add(place(ToggleFilter::Unused), profile.is(Field::IsUnused), criterion::UNUSED);
        add(RESYNC_HELPS + status as usize, held.is_some_and(|held| held.resync_end.is_some()), 0);
        add(BEGIN_AGAIN, status == TokenStatus::Expired && held.is_some_and(|held| held.next_start.is_some()), 0);
        add(FOUND, true, 0);
        for pick in SelectFilter::ALL {
            if let Some(count) = self.picks.get_mut(first_of(pick, self.list) + profile.number(pick.field()) as usize) {
                *count = if *count == NONE { 0 } else { *count } + within(criterion::PICK << pick as u8);
            }
        }
    }

    pub fn into_facets(self) -> Facets {
        let numbers = |list: &[u32]| {
            let mut numbers = Numbers::default();
            list.iter().for_each(|number| numbers.push(*number));
            numbers
        };
        Facets { counts: numbers(&self.counts), picks: numbers(&self.picks) }
    }
}

const _: () = assert!(STATUSES == 4 && MARKS == 6, "statuses and types are counted by their number");
