//! Time as an argument: services get a clock and never read the system time themselves.

use std::{
    sync::{
        Arc, LazyLock, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use time::{Date, Month, OffsetDateTime, format_description::well_known::Iso8601};

/// The source of the time.
#[derive(Clone, Debug)]
pub enum Clock {
    System,
    /// Set by a test.
    Mock(Arc<MockClock>),
}

/// The clock of a test.
#[derive(Debug, Default)]
pub struct MockClock {
    /// Unix seconds.
    pub wall: AtomicI64,
    /// Seconds of uptime, independent of `wall`.
    pub passed: AtomicI64,
}

impl Clock {
    /// Unix time in milliseconds.
    pub fn now_millis(&self) -> i64 {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine for the time")]
            Self::System => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX)),
            Self::Mock(mock_clock) => mock_clock.wall.load(Ordering::Relaxed) * 1000,
        }
    }

    /// Unix time in seconds.
    pub fn now(&self) -> i64 {
        self.now_millis() / 1000
    }

    /// Seconds since the first call in this process. Monotonic: changes of the system time do not affect it. For limits and
    /// timeouts.
    pub fn uptime(&self) -> i64 {
        static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);
        match self {
            Self::System => i64::try_from(BEGAN.elapsed().as_secs()).unwrap_or(i64::MAX),
            Self::Mock(mock_clock) => mock_clock.passed.load(Ordering::Relaxed),
        }
    }

    /// Today, UTC.
    pub fn today(&self) -> Day {
        Day::of(self.now())
    }
}

/// The clock for the expiry of sessions and overlaps. It is the system time, but continues from its last value when the
/// system time is set back, so that nothing lives longer. Use it only for durations: calendar days and the times in JWTs use
/// the system time.
#[derive(Debug, Default)]
pub struct Expiry(Mutex<Option<(i64, i64)>>);

impl Expiry {
    /// Unix seconds.
    pub fn now(&self, clock: &Clock) -> i64 {
        let (wall, uptime) = (clock.now(), clock.uptime());
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let expected = last.map_or(wall, |(wall, then)| wall + uptime - then);
        if wall < expected {
            return expected;
        }
        *last = Some((wall, uptime));
        wall
    }
}

/// A calendar day, UTC. As text it is ISO 8601 (`2026-11-23`), which sorts like the day itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(Date);

impl Day {
    /// The day that contains this moment (Unix seconds).
    pub fn of(seconds: i64) -> Self {
        Self(OffsetDateTime::from_unix_timestamp(seconds).map_or(Date::MIN, OffsetDateTime::date))
    }

    /// Parses exactly `YYYY-MM-DD`; `None` if the day does not exist.
    pub fn parse(text: &str) -> Option<Self> {
        let [year, month, day] = text.split('-').collect::<Vec<_>>()[..] else { return None };
        let number = |part: &str, length: usize| {
            (part.len() == length && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u16>().ok()).flatten()
        };
        let month = Month::try_from(u8::try_from(number(month, 2)?).ok()?).ok()?;
        let day = u8::try_from(number(day, 2)?).ok()?;
        Date::from_calendar_date(i32::from(number(year, 4)?), month, day).ok().map(Self)
    }

    /// The day `days` later; earlier if negative.
    pub fn plus(self, days: i64) -> Self {
        Self(self.0.saturating_add(time::Duration::days(days)))
    }

    /// Days from this one to `later`.
    pub fn days_until(self, later: Self) -> i64 {
        (later.0 - self.0).whole_days()
    }

    /// The first second after this day (Unix seconds).
    pub fn end(self) -> i64 {
        self.plus(1).0.midnight().assume_utc().unix_timestamp()
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.format(&Iso8601::DATE).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, atomic::Ordering};

    use super::{Clock, Day, Expiry, MockClock};

    #[test]
    fn a_clock_that_is_set_back_makes_nothing_live_longer() {
        let mock_clock = Arc::new(MockClock::default());
        let (clock, expiry) = (Clock::Mock(mock_clock.clone()), Expiry::default());
        let at = |wall, passed| {
            mock_clock.wall.store(wall, Ordering::Relaxed);
            mock_clock.passed.store(passed, Ordering::Relaxed);
            expiry.now(&clock)
        };
        assert_eq!(at(1_000, 5), 1_000);
        assert_eq!(at(400, 15), 1_010, "set back by ten minutes");
        assert_eq!(at(430, 45), 1_040);
        assert_eq!(at(90_000, 50), 90_000, "a machine that slept");
        assert_eq!(at(90_010, 60), 90_010);
    }

    #[test]
    fn only_days_that_exist_are_taken() {
        for good in ["2026-01-01", "2028-02-29", "9999-12-31"] {
            assert_eq!(Day::parse(good).map(|day| day.to_string()).as_deref(), Some(good));
        }
        for bad in ["2026-02-29", "2026-13-01", "26-01-01", "2026-1-1", "2026-01-01T00:00:00Z", "+026-01-01", "", "2026/01/01"] {
            assert_eq!(Day::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_day_ends_with_its_last_second() {
        let day = Day::of(86_400 * 3 + 5);
        assert_eq!(day.end(), 86_400 * 4);
        assert_eq!(day.days_until(day.plus(30)), 30);
    }
}
