//! The sort order of the list, as in the page's address.

use serde::{Deserialize, Serialize};

use super::{
    listed_tokens::{Field, ListedToken},
    token_list::TokenList,
};

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Column {
    Name,
    LoginName,
    Type,
    CreatedFor,
    CreatedBy,
    End,
    Products,
    CreatedOn,
    LastUsed,
    Pulls,
    Status,
}

impl Column {
    /// From left to right.
    pub const ALL: [Self; 11] = [
        Self::Name,
        Self::LoginName,
        Self::Type,
        Self::CreatedFor,
        Self::CreatedBy,
        Self::End,
        Self::Products,
        Self::CreatedOn,
        Self::LastUsed,
        Self::Pulls,
        Self::Status,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "Token Name",
            Self::LoginName => "Login name",
            Self::Type => "Token Type",
            Self::CreatedFor => "Created For",
            Self::CreatedBy => "Created By",
            Self::End => "Subscription End Date",
            Self::Products => "Products",
            Self::CreatedOn => "Created On",
            Self::LastUsed => "Last Used",
            Self::Pulls => "Pulls (30 days)",
            Self::Status => "Token Status",
        }
    }

    /// The value in an address, and in class names after `col-`.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::LoginName => "login",
            Self::Type => "type",
            Self::CreatedFor => "for",
            Self::CreatedBy => "by",
            Self::End => "end",
            Self::Products => "products",
            Self::CreatedOn => "created",
            Self::LastUsed => "used",
            Self::Pulls => "pulls",
            Self::Status => "status",
        }
    }

    /// The inverse of [`Column::slug`].
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.slug() == slug)
    }

    /// Whether it is hidden by default.
    pub fn is_optional(self) -> bool {
        matches!(self, Self::LoginName | Self::Pulls)
    }

    /// Whether only admins see it.
    pub fn is_for_admins(self) -> bool {
        matches!(self, Self::Type | Self::CreatedFor | Self::CreatedBy)
    }
}

/// The sort column and direction. Equal tokens stay newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

    /// The order after a click on a column heading: ascending first, then reversed. Dates and times start with the latest,
    /// numbers with the largest.
    pub fn clicked(self, column: Column) -> Self {
        let first_descending = matches!(column, Column::CreatedOn | Column::LastUsed | Column::Pulls);
        let descending = if self.column == column { !self.descending } else { first_descending };
        Self { column, descending }
    }

    /// Sorts positions of a list, which are given newest first.
    pub fn apply(self, list: &TokenList, positions: &mut [u32]) {
        if self == Self::default() {
            return;
        }
        let key = self.keys(list);
        // The key and the position in one number: sorting it takes half the time of a pair.
        let mut keyed: Vec<u64> = positions
            .iter()
            .map(|&position| {
                let key = list.tokens.get(position as usize).map_or(0, |token| key.of(position, token));
                u64::from(if self.descending { !key } else { key }) << 32 | u64::from(position)
            })
            .collect();
        // The position makes each number unique, so an unstable sort keeps equal tokens newest first.
        keyed.sort_unstable();
        for (slot, keyed) in positions.iter_mut().zip(keyed) {
            // The low 32 bits are the position.
            *slot = keyed as u32;
        }
    }

    /// Sort keys: numbers that compare like the column's values. Values that tokens share are computed once, not once per token.
    fn keys(self, list: &TokenList) -> Keys {
        match self.column {
            // All login names have the same prefix before the token's name.
            Column::Name | Column::LoginName => Keys::Number(Field::NameRank),
            Column::Pulls => Keys::Number(Field::Pulls),
            // The list's users are sorted by name.
            Column::CreatedFor => Keys::Number(Field::CreatedFor),
            Column::CreatedBy => Keys::Number(Field::CreatedBy),
            Column::End => Keys::OfProductSet(
                list.product_sets
                    .iter()
                    .map(|product_set| product_set.subscription_end.as_deref().map_or(0, day_number))
                    .collect(),
            ),
            // The list's product sets are sorted by their products.
            Column::Products => Keys::Number(Field::ProductSet),
            Column::Type => Keys::Number(Field::Kind),
            Column::Status => Keys::Number(Field::Status),
            Column::LastUsed => Keys::LastUse,
            Column::CreatedOn => Keys::Oldest,
        }
    }
}

enum Keys {
    /// The key of the token's product set, by its index.
    OfProductSet(Vec<u32>),
    Number(Field),
    LastUse,
    /// The reversed position, because the list is newest first.
    Oldest,
}

impl Keys {
    fn of(&self, position: u32, token: ListedToken<'_>) -> u32 {
        match self {
            Self::OfProductSet(numbers) => numbers.get(token.number(Field::ProductSet) as usize).copied().unwrap_or_default(),
            Self::Number(field) => token.number(*field),
            Self::LastUse => token.known(Field::LastAt).unwrap_or_default(),
            Self::Oldest => u32::MAX - position,
        }
    }
}

/// An ISO date as a number that compares like the date: `2026-11-23` is 20261123.
fn day_number(date: &str) -> u32 {
    let digits = date.bytes().filter(u8::is_ascii_digit);
    digits.fold(0, |number: u32, digit| number.wrapping_mul(10).wrapping_add((digit - b'0').into()))
}

#[cfg(test)]
mod tests {
    use super::{Column, Sort, day_number};

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
        assert_eq!(
            (once.clicked(Column::Pulls).to_text(), once.clicked(Column::LoginName).to_text()),
            ("-pulls".to_owned(), "login".to_owned())
        );
    }

    #[test]
    fn dates_compare_as_numbers() {
        assert_eq!(day_number("2026-11-23"), 20_261_123);
        assert!(day_number("2026-12-01") < day_number("2027-01-01") && day_number("9999-12-31") > day_number("2027-01-01"));
    }
}
