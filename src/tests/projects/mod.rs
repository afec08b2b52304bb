//! Authorization in a project, its subscriptions, and the events for open pages.

mod events;
mod renewals;
mod rights;
