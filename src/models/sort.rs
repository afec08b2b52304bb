//! The order of the list, as the page's address says it.

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

    /// The word in an address, and in class names after `col-`.
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

    /// Whether it is hidden until somebody asks for it.
    pub fn is_optional(self) -> bool {
        matches!(self, Self::LoginName | Self::Pulls)
    }

    /// Whether only admins have it.
    pub fn is_for_admins(self) -> bool {
        matches!(self, Self::Type | Self::CreatedFor | Self::CreatedBy)
    }
}

/// By which column, and which way. Equal tokens stay newest first.
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

    /// What a click on a column's name leads to: ascending first, then the other way. Moments start with the latest, numbers with the
    /// largest.
    pub fn clicked(self, column: Column) -> Self {
        let first_descending = matches!(column, Column::CreatedOn | Column::LastUsed | Column::Pulls);
        let descending = if self.column == column { !self.descending } else { first_descending };
        Self { column, descending }
    }

    /// Puts positions of a list, given newest first, into this order.
    pub fn apply(self, list: &TokenList, positions: &mut [u32]) {
        if self == Self::default() {
            return;
        }
        let key = self.keys(list);
        // One number for both: it sorts in half the time of a pair.
        let mut keyed: Vec<u64> = positions
            .iter()
            .map(|&position| {
                let key = list.tokens.get(position as usize).map_or(0, |token| key.of(position, token));
                u64::from(if self.descending { !key } else { key }) << 32 | u64::from(position)
            })
            .collect();
        // The position makes every one different, so an unstable sort keeps equals newest first.
        keyed.sort_unstable();
        for (slot, keyed) in positions.iter_mut().zip(keyed) {
            // Its low half.
            *slot = keyed as u32;
        }
    }

    /// Numbers that compare as the column's values do. What tokens share is looked at once, not once a token.
    fn keys(self, list: &TokenList) -> Keys {
        match self.column {
            // A login name is the token's name behind what all of them have.
            Column::Name | Column::LoginName => Keys::Number(Field::NameRank),
            Column::Pulls => Keys::Number(Field::Pulls),
            // The list has its users in the order of their names.
            Column::CreatedFor => Keys::Number(Field::CreatedFor),
            Column::CreatedBy => Keys::Number(Field::CreatedBy),
            Column::End => Keys::OfProductSet(
                list.product_sets
                    .iter()
                    .map(|product_set| product_set.subscription_end.as_deref().map_or(0, day_number))
                    .collect(),
            ),
            // And its product sets in the order of their products.
            Column::Products => Keys::Number(Field::ProductSet),
            Column::Type => Keys::Number(Field::Kind),
            Column::Status => Keys::Number(Field::Status),
            Column::LastUsed => Keys::LastUse,
            Column::CreatedOn => Keys::Oldest,
        }
    }
}

enum Keys {
    /// The number of the token's product set.
    OfProductSet(Vec<u32>),
    Number(Field),
    LastUse,
    /// The list is newest first.
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

/// An ISO date as a number that compares like it: `2026-11-23` is 20261123.
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
