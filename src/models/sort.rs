//! The order of the list, as the page's address says it.

use serde::{Deserialize, Serialize};

use super::token_list::{ListedToken, TokenList};

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Column {
    Name,
    Type,
    CreatedFor,
    CreatedBy,
    End,
    Products,
    CreatedOn,
    LastUsed,
    Status,
}

impl Column {
    /// From left to right.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::Type,
        Self::CreatedFor,
        Self::CreatedBy,
        Self::End,
        Self::Products,
        Self::CreatedOn,
        Self::LastUsed,
        Self::Status,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "Token Name",
            Self::Type => "Token Type",
            Self::CreatedFor => "Created For",
            Self::CreatedBy => "Created By",
            Self::End => "Subscription End Date",
            Self::Products => "Products",
            Self::CreatedOn => "Created On",
            Self::LastUsed => "Last Used",
            Self::Status => "Token Status",
        }
    }

    /// The word in an address, and in class names after `col-`.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Type => "type",
            Self::CreatedFor => "for",
            Self::CreatedBy => "by",
            Self::End => "end",
            Self::Products => "products",
            Self::CreatedOn => "created",
            Self::LastUsed => "used",
            Self::Status => "status",
        }
    }

    /// The inverse of [`Column::slug`].
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.slug() == slug)
    }

    /// Whether only admins have it.
    pub fn is_for_admins(self) -> bool {
        matches!(self, Self::Type | Self::CreatedFor | Self::CreatedBy)
    }
}

/// By which column, and which way. Equal tokens stay newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    pub column: Column,
    pub descending: bool,
}

impl Default for Sort {
    /// Newest first.
    fn default() -> Self {
        Self { column: Column::CreatedOn, descending: true }
    }
}

impl Sort {
    /// Reads `name`, or `-name` for descending.
    pub fn parse(text: &str) -> Option<Self> {
        let (slug, descending) = text.strip_prefix('-').map_or((text, false), |slug| (slug, true));
        Some(Self { column: Column::parse(slug)?, descending })
    }

    /// The inverse of [`Sort::parse`].
    pub fn to_text(self) -> String {
        format!("{}{}", if self.descending { "-" } else { "" }, self.column.slug())
    }

    /// What a click on a column's name leads to: ascending first, then the other way. Moments start with the latest.
    pub fn clicked(self, column: Column) -> Self {
        let first_descending = matches!(column, Column::CreatedOn | Column::LastUsed);
        let descending = if self.column == column { !self.descending } else { first_descending };
        Self { column, descending }
    }

    /// Puts positions of a list, given newest first, into this order.
    pub fn apply(self, list: &TokenList, positions: &mut [u32]) {
        if self == Self::default() {
            return;
        }
        let key = self.keys(list);
        let mut keyed: Vec<(u64, u32)> = positions
            .iter()
            .map(|&position| {
                let key = list.tokens.get(position as usize).map_or(0, |token| key.of(position, token));
                (if self.descending { !key } else { key }, position)
            })
            .collect();
        // The position makes every pair different, so an unstable sort keeps equals newest first.
        keyed.sort_unstable();
        for (slot, (_, position)) in positions.iter_mut().zip(keyed) {
            *slot = position;
        }
    }

    /// Numbers that compare as the column's values do. What tokens share is ranked once, not once a token.
    fn keys(self, list: &TokenList) -> Keys {
        match self.column {
            Column::Name => Keys::ByPosition(ranks(list.tokens.iter().map(|token| token.name.to_ascii_lowercase()))),
            // The list has its people in the order of their names.
            Column::CreatedFor => Keys::Number(|token| token.created_for.into()),
            Column::CreatedBy => Keys::Number(|token| token.created_by.into()),
            Column::End => {
                let ends = list.holdings.iter().map(|holding| holding.subscription_end.clone().unwrap_or_default());
                Keys::Ranked(ranks(ends), |token| token.holding)
            }
            Column::Products => {
                let keys = list
                    .holdings
                    .iter()
                    .map(|holding| holding.products.iter().map(|product| product.key.as_str()).collect::<Vec<_>>().join(" "));
                Keys::Ranked(ranks(keys), |token| token.holding)
            }
            Column::Type => Keys::Number(|token| token.kind as u64),
            Column::Status => Keys::Number(|token| token.status as u64),
            Column::LastUsed => {
                Keys::Number(|token| token.last_use.as_ref().map_or(0, |last| u64::try_from(last.at).unwrap_or_default()))
            }
            Column::CreatedOn => Keys::Oldest,
        }
    }
}

enum Keys {
    /// The rank at the token's position.
    ByPosition(Vec<u32>),
    /// The rank of something shared.
    Ranked(Vec<u32>, fn(&ListedToken) -> u32),
    Number(fn(&ListedToken) -> u64),
    /// The list is newest first.
    Oldest,
}

impl Keys {
    fn of(&self, position: u32, token: &ListedToken) -> u64 {
        let rank = |ranks: &[u32], index: u32| ranks.get(index as usize).copied().map_or(0, u64::from);
        match self {
            Self::ByPosition(ranks) => rank(ranks, position),
            Self::Ranked(ranks, index) => rank(ranks, index(token)),
            Self::Number(number) => number(token),
            Self::Oldest => u64::from(u32::MAX - position),
        }
    }
}

/// The place of each text among all; equal texts share it.
fn ranks(texts: impl Iterator<Item = String>) -> Vec<u32> {
    let mut sorted: Vec<(String, u32)> = texts.zip(0..).collect();
    sorted.sort_unstable();
    let mut ranks = vec![0; sorted.len()];
    let mut rank = 0;
    for (at, (text, index)) in sorted.iter().enumerate() {
        if at > 0 && sorted[at - 1].0 != *text {
            rank += 1;
        }
        ranks[*index as usize] = rank;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::{Column, Sort, ranks};

    #[test]
    fn an_order_reads_back_from_its_text() {
        for column in Column::ALL {
            for descending in [false, true] {
                let sort = Sort { column, descending };
                assert_eq!(Sort::parse(&sort.to_text()), Some(sort));
            }
        }
        assert_eq!(Sort::parse("odd"), None);
    }

    #[test]
    fn a_click_sorts_and_the_next_one_turns_it_round() {
        let once = Sort::default().clicked(Column::Name);
        assert_eq!(once.to_text(), "name");
        assert_eq!(once.clicked(Column::Name).to_text(), "-name");
        assert_eq!(once.clicked(Column::LastUsed).to_text(), "-used");
    }

    #[test]
    fn equal_texts_share_a_rank() {
        assert_eq!(ranks(["b", "a", "b", "c"].map(str::to_owned).into_iter()), [1, 0, 1, 2]);
    }
}
