//! What an import does to people, before it is done: a catalogue says what is so, and an operator wants to know whom it hurts.
//!
//! [`snapshot`] reads who may do what before and after, in the import's own transaction; [`compare`] tells the difference.

mod access;
mod compare;
mod people;
mod snapshot;

pub use compare::lines;
pub use snapshot::Snapshot;

/// What an effect is counted as, in the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    TokenStops,
    AccessEnds,
    PersonLoses,
    ServiceUserStops,
    RepositoryCloses,
    ProjectCloses,
    WorksAgain,
}

impl Kind {
    const ALL: [Self; 7] = [
        Self::TokenStops,
        Self::AccessEnds,
        Self::PersonLoses,
        Self::ServiceUserStops,
        Self::RepositoryCloses,
        Self::ProjectCloses,
        Self::WorksAgain,
    ];

    fn count(self, count: usize) -> String {
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
struct Effect {
    kind: Kind,
    count: usize,
    words: String,
}

impl Effect {
    fn one(kind: Kind, words: String) -> Self {
        Self { kind, count: 1, words }
    }
}
