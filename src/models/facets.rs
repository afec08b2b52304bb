//! How many tokens each choice of the filters holds.

use serde::{Deserialize, Serialize};

use super::{
    filter::{Choice, Pick},
    listed_tokens::Field,
    token::{TokenProduct, TokenStatus, TokenType},
    token_list::TokenList,
};

/// Counts over all tokens of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    pub all: u32,
    statuses: [u32; 4],
    resync_helps: [u32; 4],
    service: u32,
    to_add: u32,
    owner_inactive: u32,
    unused: u32,
    options: [Vec<PickOption>; 3],
}

/// One line of a dropdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickOption {
    /// What stands in the address.
    pub value: String,
    pub label: String,
    pub count: u32,
}

impl Facets {
    /// Counts them.
    pub fn of(list: &TokenList) -> Self {
        let mut facets = Self { all: u32::try_from(list.len()).unwrap_or(u32::MAX), ..Self::default() };
        let mut by = vec![0; list.people.len()];
        let mut for_whom = vec![0; list.people.len()];
        let mut held = vec![0; list.holdings.len()];
        let count = |counts: &mut [u32], index: u32| {
            if let Some(count) = counts.get_mut(index as usize) {
                *count += 1;
            }
        };
        for token in list.tokens.iter() {
            facets.statuses[token.status() as usize] += 1;
            facets.service += u32::from(token.kind() == TokenType::Service);
            facets.owner_inactive += u32::from(token.is(Field::IsOwnerInactive));
            facets.unused += u32::from(token.is(Field::IsUnused));
            let is_helped = list.holding(token).is_some_and(|holding| holding.resync_end.is_some());
            facets.resync_helps[token.status() as usize] += u32::from(is_helped);
            count(&mut by, token.number(Field::CreatedBy));
            count(&mut for_whom, token.number(Field::CreatedFor));
            count(&mut held, token.number(Field::Holding));
        }
        let option = |key: &String| PickOption { value: key.clone(), label: key.clone(), count: 0 };
        let mut products: Vec<PickOption> = list.products.iter().map(option).collect();
        for (holding, count) in list.holdings.iter().zip(held) {
            facets.to_add += if holding.to_add.is_empty() { 0 } else { count };
            for TokenProduct { key, .. } in &holding.products {
                if let Some(option) = products.iter_mut().find(|option| option.value == *key) {
                    option.count += count;
                }
            }
        }
        let people = |counts: Vec<u32>| {
            let counted = list.people.iter().zip(counts).enumerate().filter(|(_, (_, count))| *count > 0);
            counted
                .map(|(at, (person, count))| PickOption { value: person.email.clone(), label: list.label(at), count })
                .collect()
        };
        facets.options = [people(by), people(for_whom), products];
        facets
    }

    /// How many tokens a choice holds.
    pub fn count(&self, choice: Choice) -> u32 {
        match choice {
            Choice::Status(status) => self.statuses[status as usize],
            Choice::Kind(TokenType::Service) => self.service,
            Choice::Kind(TokenType::User) => self.all - self.service,
            Choice::ToAdd => self.to_add,
            Choice::OwnerInactive => self.owner_inactive,
            Choice::Unused => self.unused,
        }
    }

    /// How many tokens of a status Re-sync lets work longer.
    pub fn resync_helps(&self, status: TokenStatus) -> u32 {
        self.resync_helps[status as usize]
    }

    /// What can be picked.
    pub fn options(&self, pick: Pick) -> &[PickOption] {
        &self.options[pick as usize]
    }
}

const _: () = assert!(TokenStatus::ALL.len() == 4, "statuses are counted by their number");
