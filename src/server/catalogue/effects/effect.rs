//! An effect, and what it is counted as.

/// What an effect is counted as, in the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    TokenStops,
    AccessEnds,
    PersonLoses,
    ServiceUserStops,
    RepositoryCloses,
    ProjectCloses,
    WorksAgain,
}

impl Kind {
    pub const ALL: [Self; 7] = [
        Self::TokenStops,
        Self::AccessEnds,
        Self::PersonLoses,
        Self::ServiceUserStops,
        Self::RepositoryCloses,
        Self::ProjectCloses,
        Self::WorksAgain,
    ];

    /// As in `3 tokens stop`.
    pub fn count(self, count: usize) -> String {
        let (one, many) = match self {
            Self::TokenStops => ("token stops", "tokens stop"),
            Self::AccessEnds => ("access ends or has a gap", "accesses end or have a gap"),
            Self::PersonLoses => ("person leaves or loses a right", "people leave or lose a right"),
            Self::ServiceUserStops => ("service user is deactivated", "service users are deactivated"),
            Self::RepositoryCloses => ("repository is taken away", "repositories are taken away"),
            Self::ProjectCloses => ("project is closed", "projects are closed"),
            Self::WorksAgain => ("token or person is let in again", "tokens or people are let in again"),
        };
        format!("{count} {}", if count == 1 { one } else { many })
    }
}

/// One effect on one project: how much of its kind, and in words.
#[derive(Debug)]
pub struct Effect {
    pub kind: Kind,
    pub count: usize,
    pub words: String,
}

impl Effect {
    pub fn one(kind: Kind, words: String) -> Self {
        Self { kind, count: 1, words }
    }
}
