//! Who may do what in a project, its subscriptions, and what open pages hear of.

mod events;
mod renewals;
mod rights;
