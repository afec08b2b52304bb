//! The effects of an import, and their kinds.

/// The kind of an effect, in the order of the output.
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

    /// Formats a count, for example `3 tokens stop`.
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

/// An effect on a project: its kind, its count, and its text.
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
