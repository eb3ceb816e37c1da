//! The store that one process keeps to itself.

use super::{Claim, Ending};
use crate::WebhookError;
use hashlink::LinkedHashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Remembers keys within one process: for a single server, and for tests. What it knows is gone when the process ends, and
/// two processes know nothing of each other.
///
/// At its bound it forgets the key that was completed first, and never a claim. Every operation takes constant time; times
/// are in ms, `now` since 1970.
///
/// # Examples
///
/// ```
/// use hookseal::{Claim, Ending, MemoryStore};
///
/// let store = MemoryStore::default();
/// assert_eq!(store.claim("loop:id:evt_1", "my token", 30_000, 0), Ok(Claim::Claimed));
/// assert_eq!(store.claim("loop:id:evt_1", "another", 30_000, 1), Ok(Claim::InProgress { until: 30_000 }));
/// assert_eq!(store.complete("loop:id:evt_1", "my token", 60_000, 2), Ending::Done);
/// assert_eq!(store.claim("loop:id:evt_1", "another", 30_000, 3), Ok(Claim::Completed));
/// ```
pub struct MemoryStore {
    bound: usize,
    keys: Mutex<Keys>,
}

/// Each in the order in which they came, so that the oldest is at the front.
#[derive(Default)]
struct Keys {
    claimed: LinkedHashMap<Box<str>, Held>,
    /// And until when they are remembered.
    completed: LinkedHashMap<Box<str>, u64>,
}

struct Held {
    token: Box<str>,
    until: u64,
}

/// Every key that the store has room for is claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

impl MemoryStore {
    /// How many keys it remembers by default. A choice of our own: some 20 MB at the most.
    pub const BOUND: usize = 100_000;

    /// How many expired keys a claim clears away at the most, so that what has expired shrinks faster than it grows.
    const SWEPT_PER_CLAIM: usize = 2;

    /// A store that remembers so many keys at the most.
    ///
    /// # Errors
    ///
    /// [`WebhookError::InvalidOption`] for a bound of 0, or of more than 2^24.
    pub fn new(bound: usize) -> Result<Self, WebhookError> {
        if (1..=1 << 24).contains(&bound) {
            Ok(Self { bound, keys: Mutex::default() })
        } else {
            Err(WebhookError::InvalidOption("a bound of 1 to 16777216 keys"))
        }
    }

    /// Claims a key for `lease` ms, unless it is claimed or completed.
    ///
    /// # Errors
    ///
    /// [`Full`] where all that it could forget are claims.
    pub fn claim(&self, key: &str, token: &str, lease: u64, now: u64) -> Result<Claim, Full> {
        let mut keys = self.keys();
        keys.sweep(now, Self::SWEPT_PER_CLAIM);
        if keys.completed.get(key).is_some_and(|&until| until > now) {
            return Ok(Claim::Completed);
        }
        if let Some(&Held { until, .. }) = keys.claimed.get(key).filter(|held| held.until > now) {
            return Ok(Claim::InProgress { until });
        }
        keys.completed.remove(key);
        keys.claimed.remove(key);
        if keys.len() >= self.bound && keys.completed.pop_front().is_none() {
            return Err(Full);
        }
        keys.claimed.insert(key.into(), Held { token: token.into(), until: now.saturating_add(lease) });
        Ok(Claim::Claimed)
    }

    /// Remembers a claimed key as completed, for `retention` ms.
    pub fn complete(&self, key: &str, token: &str, retention: u64, now: u64) -> Ending {
        let mut keys = self.keys();
        let ending = keys.give_back(key, token);
        if ending == Ending::Done {
            keys.completed.insert(key.into(), now.saturating_add(retention));
        }
        ending
    }

    /// Gives a claimed key back, so that the next claim gets it.
    pub fn release(&self, key: &str, token: &str) -> Ending {
        self.keys().give_back(key, token)
    }

    /// Clears away what has expired, 500 keys at the most; says how many. Claims do the same by and by.
    pub fn sweep(&self, now: u64) -> usize {
        self.keys().sweep(now, 500)
    }

    /// How many keys it holds, expired ones that nobody has cleared away included.
    pub fn len(&self) -> usize {
        self.keys().len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn keys(&self) -> MutexGuard<'_, Keys> {
        // Nothing in here panics with the lock held.
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keys {
    fn len(&self) -> usize {
        self.claimed.len() + self.completed.len()
    }

    /// Ends the claim if it is this token's. A lease that has run out, but that nobody took over, is still the token's.
    fn give_back(&mut self, key: &str, token: &str) -> Ending {
        if self.claimed.get(key).is_none_or(|held| *held.token != *token) {
            return Ending::Lost;
        }
        self.claimed.remove(key);
        Ending::Done
    }

    /// Looks at the fronts alone, and so at what came first: with one lease and one retention, that is what expires first.
    fn sweep(&mut self, now: u64, most: usize) -> usize {
        let mut swept = 0;
        while swept < most && self.completed.front().is_some_and(|(_, &until)| until <= now) {
            self.completed.pop_front();
            swept += 1;
        }
        while swept < most && self.claimed.front().is_some_and(|(_, held)| held.until <= now) {
            self.claimed.pop_front();
            swept += 1;
        }
        swept
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self { bound: Self::BOUND, keys: Mutex::default() }
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").field("bound", &self.bound).field("len", &self.len()).finish_non_exhaustive()
    }
}

impl std::error::Error for Full {}

impl fmt::Display for Full {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected room for one more claim, found every key of the memory store claimed: raise its bound")
    }
}
