//! Applies a filter to a list and counts the facets, in one pass.
//!
//! Many tokens share the same values of the filtered fields, which form their profile. The filter is evaluated once per profile;
//! each token then only looks up the result of its profile.

use super::{
    facets::{Counter, Facets, criterion},
    filter::{Filter, SelectFilter},
    listed_tokens::{Field, Profile},
    search::Search,
    token_list::TokenList,
};

/// The result of a filter on a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The positions of the matching tokens, in the list's order.
    pub positions: Vec<u32>,
    pub facets: Facets,
}

impl Filter {
    /// Applies the filter to a list and counts the facets, in one pass.
    pub fn find(&self, list: &TokenList) -> Found {
        let search = Search::new(&self.search, list);
        let criteria = Criteria::new(self, list);
        let fails: Vec<u8> = list.tokens.profiles().map(|profile| criteria.failed_by(profile)).collect();
        let mut counts = vec![0; fails.len()];
        let mut positions = Vec::new();
        for (position, token) in list.positions().zip(list.tokens.iter()) {
            let at = token.profile();
            let (Some(failed), Some(count)) = (fails.get(at), counts.get_mut(at)) else { continue };
            // A token that fails two criteria is in no count.
            if failed & failed.wrapping_sub(1) == 0 && search.finds(token) {
                *count += 1;
                if *failed == 0 {
                    positions.push(position);
                }
            }
        }
        let mut counter = Counter::new(list);
        for ((profile, failed), count) in list.tokens.profiles().zip(fails).zip(counts) {
            counter.add(profile, failed, count);
        }
        Found { positions, facets: counter.into_facets() }
    }
}

/// A filter prepared for one list: values that profiles share are compared once, not once per profile.
struct Criteria<'a> {
    filter: &'a Filter,
    /// Whether each user (created by), each user (created for) and each product set matches the pick; empty if nothing is picked.
    picked: [Vec<bool>; 3],
    /// Whether Re-sync would add to each product set.
    products_to_add: Vec<bool>,
}

impl<'a> Criteria<'a> {
    fn new(filter: &'a Filter, list: &TokenList) -> Self {
        let picked = SelectFilter::ALL.map(|pick| match (pick, filter.picked(pick)) {
            (_, "") => Vec::new(),
            (SelectFilter::Product, key) => list
                .product_sets
                .iter()
                .map(|product_set| product_set.products.iter().any(|product| product.key == key))
                .collect(),
            (_, email) => list.users.iter().map(|user| user.email == email).collect(),
        });
        Self {
            filter,
            picked,
            products_to_add: list.product_sets.iter().map(|product_set| !product_set.products_to_add.is_empty()).collect(),
        }
    }

    /// The bits of the criteria that a profile fails.
    fn failed_by(&self, profile: Profile<'_>) -> u8 {
        let filter = self.filter;
        let is = |list: &[bool], field| list.get(profile.number(field) as usize).copied().unwrap_or_default();
        let fails = |bit: u8, holds: bool| if holds { 0 } else { bit };
        let mut failed = fails(criterion::STATUS, filter.statuses.is_empty() || filter.statuses.has(profile.status()))
            | fails(criterion::KIND, filter.kind.is_none_or(|kind| kind == profile.kind()))
            | fails(criterion::TO_ADD, !filter.products_to_add || is(&self.products_to_add, Field::ProductSet))
            | fails(criterion::OWNER_INACTIVE, !filter.owner_inactive || profile.is(Field::IsOwnerInactive))
            | fails(criterion::UNUSED, !filter.unused || profile.is(Field::IsUnused));
        for pick in SelectFilter::ALL {
            let picked = &self.picked[pick as usize];
            failed |= fails(criterion::PICK << pick as u8, picked.is_empty() || is(picked, pick.field()));
        }
        failed
    }
}

#[cfg(test)]
mod tests {
    use crate::models::{
        filter::{Filter, SelectFilter, ToggleFilter},
        token::{TokenProduct, TokenRow, TokenStatus, TokenType},
        token_list::{TokenList, tests::row},
    };

    /// A pseudo-random generator with a fixed seed, so that tests are reproducible.
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, end: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) as usize % end
        }

        fn one_in(&mut self, of: usize) -> bool {
            self.below(of) == 0
        }
    }

    const PEOPLE: [&str; 4] = ["ada", "bob", "chen", "zoe"];
    const PRODUCTS: [&str; 3] = ["apim", "is", "mi"];

    fn list(tokens: usize, chance: &mut Chance) -> TokenList {
        TokenList::of((0..tokens).map(|at| {
            let (creator, owner) = (PEOPLE[chance.below(2)], PEOPLE[chance.below(4)]);
            let held = PRODUCTS.into_iter().filter(|_| chance.one_in(2));
            let held = held.map(|key| TokenProduct { key: key.to_owned(), ends: None, running: true }).collect();
            let base = row(&at.to_string(), &format!("{}-{at}", ["ci", "edge"][chance.below(2)]), owner, None);
            TokenRow {
                created_by: row("", "", creator, None).created_for,
                kind: [TokenType::User, TokenType::Service][chance.below(2)],
                status: TokenStatus::ALL[chance.below(4)],
                is_owner_inactive: chance.one_in(3),
                is_unused: chance.one_in(3),
                products_to_add: if chance.one_in(2) { vec!["mi".to_owned()] } else { Vec::new() },
                products: held,
                ..base
            }
        }))
    }

    fn filter(chance: &mut Chance) -> Filter {
        let mut filter = Filter::default();
        for choice in ToggleFilter::all() {
            if chance.one_in(5) {
                filter = filter.toggled(choice);
            }
        }
        for (pick, values) in
            [(SelectFilter::CreatedBy, &PEOPLE[..]), (SelectFilter::CreatedFor, &PEOPLE), (SelectFilter::Product, &PRODUCTS)]
        {
            if chance.one_in(4) {
                filter.pick(pick, value(pick, values[chance.below(values.len())]));
            }
        }
        filter.search = ["", "", "ci-", "edge-1", "zoe", "nothing"][chance.below(6)].to_owned();
        filter
    }

    fn value(pick: SelectFilter, name: &str) -> String {
        if pick == SelectFilter::Product { name.to_owned() } else { format!("{name}@acme.example") }
    }

    /// The filter with this choice, and without any other choice of its group.
    fn only(filter: &Filter, choice: ToggleFilter) -> Filter {
        let mut filter = filter.clone();
        match choice {
            ToggleFilter::Status(_) => filter.statuses = Default::default(),
            ToggleFilter::Kind(_) => filter.kind = None,
            ToggleFilter::ToAdd => filter.products_to_add = false,
            ToggleFilter::OwnerInactive => filter.owner_inactive = false,
            ToggleFilter::Unused => filter.unused = false,
        }
        filter.toggled(choice)
    }

    /// The reference implementation, which checks each token.
    fn shows(filter: &Filter, row: &TokenRow) -> bool {
        let is_picked =
            |pick: SelectFilter, holds: &dyn Fn(&str) -> bool| filter.picked(pick).is_empty() || holds(filter.picked(pick));
        (filter.statuses.is_empty() || filter.statuses.has(row.status))
            && filter.kind.is_none_or(|kind| kind == row.kind)
            && (!filter.products_to_add || !row.products_to_add.is_empty())
            && (!filter.owner_inactive || row.is_owner_inactive)
            && (!filter.unused || row.is_unused)
            && is_picked(SelectFilter::CreatedBy, &|email| row.created_by.email == email)
            && is_picked(SelectFilter::CreatedFor, &|email| row.created_for.email == email)
            && is_picked(SelectFilter::Product, &|key| row.products.iter().any(|product| product.key == key))
            && [&row.name, &row.created_by.email, &row.created_for.email].iter().any(|text| text.contains(&filter.search))
    }

    #[test]
    fn a_choice_shows_as_many_tokens_as_it_says() {
        for seed in 0..300 {
            let mut chance = Chance(seed);
            let tokens = chance.below(80);
            let list = list(tokens, &mut chance);
            let filter = filter(&mut chance);
            let found = filter.find(&list);
            let expected: Vec<u32> =
                list.positions().filter(|at| shows(&filter, &list.row(*at as usize, "ACME").expect("in the list"))).collect();
            assert_eq!(found.positions, expected, "{filter:?}");
            for choice in ToggleFilter::all() {
                let chosen = only(&filter, choice).apply(&list).len();
                assert_eq!(found.facets.count(choice) as usize, chosen, "{choice:?} in {filter:?}");
            }
            for pick in SelectFilter::ALL {
                for option in found.facets.options(pick, &list, "") {
                    let mut picked = filter.clone();
                    picked.pick(pick, option.value.clone());
                    assert_eq!(option.count as usize, picked.apply(&list).len(), "{option:?} in {filter:?}");
                }
            }
        }
    }

    #[test]
    fn what_needs_attention_is_counted_over_all_tokens_and_its_link_shows_just_those() {
        for seed in [7, 2_026] {
            let list = list(90, &mut Chance(seed));
            let totals = Filter::default().find(&list).facets;
            assert_eq!(totals.found(), 90);
            let statuses = TokenStatus::ALL.map(ToggleFilter::Status);
            for choice in statuses.into_iter().chain([ToggleFilter::ToAdd, ToggleFilter::OwnerInactive]) {
                assert_eq!(totals.count(choice) as usize, Filter::default().toggled(choice).apply(&list).len(), "{choice:?}");
            }
        }
    }

    #[test]
    fn what_is_picked_is_offered_though_no_token_has_it() {
        let list = list(9, &mut Chance(5));
        let options = Filter::default().find(&list).facets.options(SelectFilter::CreatedFor, &list, "gone@acme.example");
        let last = options.last().map(|option| (option.value.as_str(), option.count));
        assert_eq!(last, Some(("gone@acme.example", 0)));
        assert!(options.iter().filter(|option| option.count == 0).count() == 1);
    }
}
