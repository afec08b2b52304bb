//! Decides which denials get an entry of their own and which are only counted: see [`super::denials`]. Uses neither database
//! nor clock.

use std::collections::{HashMap, VecDeque};

use crate::models::audit::DenialAction;

use super::{denial_sum, store::DenialEntry};

/// The time over which equal denials are summed, in seconds of the monotonic clock.
pub const WINDOW: i64 = 60;
/// Maximum number of windows per caller. Further denials are summed by action.
pub const MAX_PER_CALLER: usize = 32;
/// Maximum number of windows of all callers together. Further denials are summed by action, without the caller.
const MAX_WINDOWS: usize = 5_000;
/// Maximum number of entries that wait for the database, about 10 MB. Further denials are summed by action, without the
/// caller.
const MAX_WAITING: usize = 10_000;

/// Each of these gets its own entry: the rate limits bound their number.
const LIMITED: [DenialAction; 3] = [DenialAction::RegistryLogin, DenialAction::SignIn, DenialAction::SignInThrottled];

/// Denials that are not yet written.
#[derive(Debug, Default)]
pub(super) struct DenialWindows {
    windows: HashMap<Caller, HashMap<Alike, Window>>,
    /// The total number of windows.
    count: usize,
    /// When ended windows were last removed.
    swept: i64,
    /// Entries that wait for the database, oldest first.
    waiting: VecDeque<Waiting>,
}

/// The caller who is denied.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Caller {
    /// A user's e-mail; or `registry` with the token or the publisher.
    One(String, Option<String>),
    /// Callers that are no longer distinguished, because of a limit.
    Several,
}

/// What is denied: equal values share a window.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Alike {
    action: DenialAction,
    /// Project, token and address; `None` when they are no longer distinguished, because of a limit.
    about: Option<[String; 3]>,
}

#[derive(Debug)]
struct Window {
    /// Seconds of [`crate::server::clock::Clock::uptime`].
    began: i64,
    counted: Option<Repeats>,
}

/// Denials without an entry of their own.
#[derive(Debug)]
struct Repeats {
    count: u64,
    /// Time of the first one (Unix seconds).
    since: i64,
    /// Whether all have the same detail.
    is_alike: bool,
    last: DenialEntry,
}

#[derive(Debug)]
struct Waiting {
    row: DenialEntry,
    /// The number of denials that the entry represents.
    count: u64,
}

impl DenialWindows {
    /// Records a denial: the first of a window as an entry, later ones as a count. True if an entry waits now.
    pub fn record(&mut self, row: DenialEntry, uptime: i64) -> bool {
        self.end_windows(uptime);
        if LIMITED.contains(&row.action) {
            self.push(Waiting { row, count: 1 }, uptime);
            return true;
        }
        let (caller, alike) = self.place(&row);
        let is_known = self.windows.get(&caller).is_some_and(|windows| windows.contains_key(&alike));
        if is_known || alike.about.is_none() {
            self.add(caller, alike, Waiting { row, count: 1 }, uptime);
            return false;
        }
        self.open(caller, alike, uptime);
        self.push(Waiting { row, count: 1 }, uptime);
        true
    }

    /// Ends the windows whose time is over. The counted denials of each become a waiting entry.
    pub fn end_windows(&mut self, uptime: i64) {
        if uptime > self.swept {
            self.swept = uptime;
            self.end_all(uptime, |window| uptime >= window.began + WINDOW);
        }
    }

    /// Ends all windows.
    pub fn end_all_windows(&mut self, uptime: i64) {
        self.end_all(uptime, |_| true);
    }

    /// The oldest waiting entries, at most `most`.
    pub fn waiting(&self, most: usize) -> Vec<DenialEntry> {
        self.waiting.iter().take(most).map(|waiting| waiting.row.clone()).collect()
    }

    /// Removes the `count` oldest waiting entries, after they are written.
    pub fn written(&mut self, count: usize) {
        self.waiting.drain(..count.min(self.waiting.len()));
    }

    /// The entries that match: those that wait, and the sums of open windows.
    pub fn rows(&self, is_wanted: impl Fn(&DenialEntry) -> bool) -> Vec<DenialEntry> {
        let counted = self.windows.iter().flat_map(|(caller, windows)| {
            windows.iter().filter_map(move |(alike, window)| Some(sum(caller, alike, window.counted.as_ref()?)))
        });
        let waiting = self.waiting.iter().map(|waiting| &waiting.row).filter(|row| is_wanted(row)).cloned();
        waiting.chain(counted.filter(&is_wanted)).collect()
    }

    /// The keys of a denial's window, which may not be open yet.
    fn place(&self, row: &DenialEntry) -> (Caller, Alike) {
        let (caller, mut alike) = (Caller::of(row), Alike::of(row));
        let of_caller = self.windows.get(&caller);
        if of_caller.is_some_and(|windows| windows.contains_key(&alike)) {
            return (caller, alike);
        }
        if self.count >= MAX_WINDOWS {
            alike.about = None;
            return (Caller::Several, alike);
        }
        if of_caller.is_some_and(|windows| windows.len() >= MAX_PER_CALLER) {
            alike.about = None;
        }
        (caller, alike)
    }

    fn open(&mut self, caller: Caller, alike: Alike, uptime: i64) -> &mut Window {
        self.windows.entry(caller).or_default().entry(alike).or_insert_with(|| {
            self.count += 1;
            Window { began: uptime, counted: None }
        })
    }

    /// Adds to a window's count; opens the window if necessary.
    fn add(&mut self, caller: Caller, alike: Alike, Waiting { row, count }: Waiting, uptime: i64) {
        let window = self.open(caller, alike, uptime);
        match &mut window.counted {
            Some(counted) => {
                counted.count += count;
                counted.is_alike &= counted.last.detail == row.detail;
                counted.last = row;
            }
            None => window.counted = Some(Repeats { count, since: row.at, is_alike: true, last: row }),
        }
    }

    fn push(&mut self, waiting: Waiting, uptime: i64) {
        if self.waiting.len() < MAX_WAITING {
            self.waiting.push_back(waiting);
        } else {
            let alike = Alike { action: waiting.row.action, about: None };
            self.add(Caller::Several, alike, waiting, uptime);
        }
    }

    fn end_all(&mut self, uptime: i64, is_over: impl Fn(&Window) -> bool) {
        let mut ended = Vec::new();
        for (caller, windows) in &mut self.windows {
            for (alike, window) in windows.extract_if(|_, window| is_over(window)) {
                self.count -= 1;
                let Some(counted) = window.counted else { continue };
                ended.push(Waiting { row: sum(caller, &alike, &counted), count: counted.count });
            }
        }
        self.windows.retain(|_, windows| !windows.is_empty());
        for waiting in ended {
            self.push(waiting, uptime);
        }
    }
}

impl Caller {
    fn of(row: &DenialEntry) -> Self {
        let token = if row.actor == "registry" { row.token_id.as_ref().or(row.login_name.as_ref()) } else { None };
        Self::One(row.actor.clone(), token.cloned())
    }
}

impl Alike {
    fn of(row: &DenialEntry) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self { action: row.action, about: Some([text(&row.project_key), text(&row.token_id), row.address.clone()]) }
    }
}

/// The entry for counted denials: a copy of the last one, with their number. Where the denials may differ, it names only what
/// they share.
fn sum(caller: &Caller, alike: &Alike, Repeats { count, since, is_alike, last }: &Repeats) -> DenialEntry {
    let mut row = last.clone();
    if alike.about.is_some() {
        row.detail = denial_sum::of_one_kind(*count, *since, *is_alike, &last.detail);
        return row;
    }
    row.detail = denial_sum::of_different_kinds(*count, *since);
    // For a registry caller the token is the caller itself and stays; for a user it is one of several things denied.
    if !matches!(caller, Caller::One(_, Some(_))) {
        (row.project_key, row.token_id, row.login_name, row.created_for) = (None, None, None, None);
    }
    if *caller == Caller::Several {
        "several".clone_into(&mut row.actor);
    }
    "several".clone_into(&mut row.address);
    row.client.clear();
    row
}

#[cfg(test)]
mod tests {
    use super::{DenialAction, DenialEntry, DenialWindows, MAX_PER_CALLER, MAX_WAITING, MAX_WINDOWS, WINDOW};

    fn row(actor: String, action: DenialAction, project: String) -> DenialEntry {
        DenialEntry {
            id: String::new(),
            at: 0,
            actor,
            action,
            project_key: Some(project),
            token_id: None,
            login_name: None,
            created_for: None,
            detail: String::new(),
            address: "192.0.2.1".to_owned(),
            client: String::new(),
        }
    }

    /// The number of denials that have an entry or will get one.
    fn known(kept: &DenialWindows) -> u64 {
        let windows = kept.windows.values().flat_map(|windows| windows.values());
        let counted: u64 = windows.filter_map(|window| window.counted.as_ref()).map(|counted| counted.count).sum();
        counted + kept.waiting.iter().map(|waiting| waiting.count).sum::<u64>()
    }

    #[test]
    fn callers_projects_and_time_without_end_need_bounded_memory_and_no_number_is_lost() {
        for (callers, projects) in [(30_000, 1), (3, 10_000), (300, 100)] {
            let (mut kept, mut recorded) = (DenialWindows::default(), 0);
            for uptime in [1, 2, WINDOW, WINDOW + 1, 10 * WINDOW] {
                for n in 0..callers * projects {
                    let (caller, project) = (n % callers, n / callers);
                    for action in [DenialAction::Project, DenialAction::SignIn] {
                        kept.record(row(format!("{caller}@acme.example"), action, format!("P{project}")), uptime);
                        recorded += 1;
                    }
                }
                let windows: usize = kept.windows.values().map(|windows| windows.len()).sum();
                assert_eq!(kept.count, windows);
                assert!(windows <= MAX_WINDOWS + 2 && kept.waiting.len() <= MAX_WAITING, "{windows}");
                assert!(kept.windows.values().all(|windows| windows.len() <= MAX_PER_CALLER + 2));
                assert_eq!(known(&kept), recorded, "{callers} callers, {projects} projects, {uptime} s");
            }
            kept.end_all_windows(11 * WINDOW);
            assert_eq!(known(&kept), recorded);
            kept.written(MAX_WAITING);
            kept.end_all_windows(11 * WINDOW);
            assert!(kept.waiting.len() <= 2, "what did not fit follows as one row an action");
        }
    }
}
