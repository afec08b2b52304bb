//! Users and their roles in a project.

use serde::{Deserialize, Serialize};

use super::text::isolated;

/// What a member may do in a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// Sees and manages the user tokens created for them.
    Customer,
    /// Sees and manages every token of the project; generates service tokens.
    Admin,
}

impl Role {
    /// The value in the catalogue and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Admin => "admin",
        }
    }

    /// The inverse of [`Role::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "customer" => Some(Self::Customer),
            "admin" => Some(Self::Admin),
            _ => None,
        }
    }

    /// The text on the page.
    pub fn label(self) -> &'static str {
        match self {
            Self::Customer => "Customer",
            Self::Admin => "Customer admin",
        }
    }
}

/// A user or a service user.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UserRef {
    pub email: String,
    pub name: String,
}

impl UserRef {
    /// The name with the e-mail, which distinguishes users with the same name.
    pub fn label(&self) -> String {
        format!("{} ({})", isolated(&self.name), isolated(&self.email))
    }
}
