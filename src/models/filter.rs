//! Which tokens the page shows, as its address says it: a link reproduces the view.

use serde::{Deserialize, Serialize};

use super::token::{TokenRow, TokenStatus, TokenType};

/// A choice that can be switched on and off by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Status(TokenStatus),
    Kind(TokenType),
    /// Those that Re-sync would change.
    ToAdd,
    /// Those whose person or service user was deactivated or left.
    OwnerInactive,
}

impl Choice {
    pub fn label(self) -> &'static str {
        match self {
            Self::Status(status) => status.label(),
            Self::Kind(kind) => kind.label(),
            Self::ToAdd => "Products to add",
            Self::OwnerInactive => "Owner inactive",
        }
    }
}

/// What narrows the list. All of it must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Part of the name, or of a person's name, without regard to case.
    pub search: String,
    pub kind: Option<TokenType>,
    pub status: Option<TokenStatus>,
    pub to_add: bool,
    pub owner_inactive: bool,
}

impl Filter {
    /// Reads the pairs of an address's query; what it does not know it passes over.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self::default();
        for (name, value) in pairs {
            match (name, value) {
                ("q", search) => search.trim().clone_into(&mut filter.search),
                ("type", "user") => filter.kind = Some(TokenType::User),
                ("type", "service") => filter.kind = Some(TokenType::Service),
                ("status", slug) => filter.status = TokenStatus::parse(slug),
                ("add", "1") => filter.to_add = true,
                ("owner", "inactive") => filter.owner_inactive = true,
                _ => {}
            }
        }
        filter
    }

    /// The pairs that [`Filter::from_pairs`] reads back.
    pub fn to_pairs(&self) -> Vec<(&'static str, &str)> {
        let mut pairs = Vec::new();
        if !self.search.is_empty() {
            pairs.push(("q", self.search.as_str()));
        }
        if let Some(kind) = self.kind {
            pairs.push(("type", if kind == TokenType::User { "user" } else { "service" }));
        }
        if let Some(status) = self.status {
            pairs.push(("status", status.slug()));
        }
        if self.to_add {
            pairs.push(("add", "1"));
        }
        if self.owner_inactive {
            pairs.push(("owner", "inactive"));
        }
        pairs
    }

    /// The query of an address that shows this view.
    pub fn to_query(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(self.to_pairs()).finish()
    }

    /// Whether a choice is on.
    pub fn has(&self, choice: Choice) -> bool {
        match choice {
            Choice::Status(status) => self.status == Some(status),
            Choice::Kind(kind) => self.kind == Some(kind),
            Choice::ToAdd => self.to_add,
            Choice::OwnerInactive => self.owner_inactive,
        }
    }

    /// The same with one choice switched; of statuses and of types only one can be on.
    pub fn toggled(&self, choice: Choice) -> Self {
        let on = !self.has(choice);
        let mut filter = self.clone();
        match choice {
            Choice::Status(status) => filter.status = on.then_some(status),
            Choice::Kind(kind) => filter.kind = on.then_some(kind),
            Choice::ToAdd => filter.to_add = on,
            Choice::OwnerInactive => filter.owner_inactive = on,
        }
        filter
    }

    /// Whether it narrows nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a token is shown.
    pub fn shows(&self, row: &TokenRow) -> bool {
        self.kind.is_none_or(|kind| kind == row.kind)
            && self.status.is_none_or(|status| status == row.status)
            && (!self.to_add || !row.to_add.is_empty())
            && (!self.owner_inactive || row.is_owner_inactive)
            && (self.search.is_empty() || {
                let search = self.search.to_lowercase();
                [&row.name, &row.created_for, &row.created_by].iter().any(|text| text.to_lowercase().contains(&search))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, Filter, TokenStatus, TokenType};

    #[test]
    fn an_address_reproduces_the_view() {
        let filter = Filter {
            search: "ci".to_owned(),
            kind: Some(TokenType::Service),
            status: Some(TokenStatus::ExpiringSoon),
            to_add: true,
            owner_inactive: true,
        };
        assert_eq!(Filter::from_pairs(filter.to_pairs()), filter);
        assert_eq!(Filter::from_pairs([("status", "odd"), ("type", "x"), ("other", "1")]), Filter::default());
    }

    #[test]
    fn a_choice_switches_on_and_off() {
        let on = Filter::default().toggled(Choice::Status(TokenStatus::Expired));
        assert_eq!(on.to_query(), "status=expired");
        assert!(on.toggled(Choice::Status(TokenStatus::Expired)).is_empty());
        assert_eq!(on.toggled(Choice::Status(TokenStatus::Active)).to_query(), "status=active");
    }
}
