//! Outcomes, and the reply that each of them gets: the table.

use crate::Code;
use std::time::Duration;

/// How a delivery ended, and so why it is answered as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// The handler has had the event.
    Handled,
    /// An earlier delivery of the event was handled.
    Duplicate,
    /// Another delivery of the event is being handled, and may yet fail.
    InProgress,
    /// The handler, or `onInvalid`, threw.
    Failed,
    /// The handler outlived the deadline.
    TimedOut,
    /// Authentic, but not understood, and `onInvalid` has had its bytes.
    Ignored,
    /// Authentic, but not understood, and nobody has had its bytes.
    Invalid,
    /// The signed time is older than the user allows, or there is none.
    Stale,
    /// Nobody has proved who sent it.
    Refused,
    /// Something other than the raw body was handed over.
    Misused,
    /// More than the receiver takes.
    TooLarge,
    /// Not a POST.
    NotPost,
    /// A body that is compressed, so not the bytes that were signed.
    Encoded,
    /// The body did not arrive in full.
    Unread,
    /// The store failed before the handler could run, or could not commit what it did.
    StoreFailed,
}

/// What goes back to the sender. The same body for the same outcome, whatever was wrong: nobody learns more.
///
/// # Examples
///
/// ```
/// use hookseal::Outcome;
/// use std::time::Duration;
///
/// let reply = Outcome::InProgress.reply(Some(Duration::from_millis(1200)));
/// assert_eq!((reply.status, reply.body), (409, "in_progress"));
/// assert!(reply.headers.contains(&("Retry-After", "2".to_owned())));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The outcome's name, as `text/plain`.
    pub body: &'static str,
    /// Every header that belongs to it, the body's type among them.
    pub headers: Vec<(&'static str, String)>,
}

/// One line of the table.
struct Row {
    name: &'static str,
    status: u16,
    /// Whether all went as it should, so that there is nothing to log.
    well: bool,
    /// The code of every error that ends so, where there is but one.
    code: Option<Code>,
}

impl Outcome {
    /// Every outcome, in the order of the README's table.
    pub const ALL: [Self; 15] = [
        Self::Handled,
        Self::Duplicate,
        Self::InProgress,
        Self::Failed,
        Self::TimedOut,
        Self::Ignored,
        Self::Invalid,
        Self::Stale,
        Self::Refused,
        Self::Misused,
        Self::TooLarge,
        Self::NotPost,
        Self::Encoded,
        Self::Unread,
        Self::StoreFailed,
    ];

    /// The table of replies. Anything but a 2xx makes the senders try again.
    const fn row(self) -> Row {
        const fn row(name: &'static str, status: u16) -> Row {
            Row { name, status, well: false, code: None }
        }
        match self {
            Self::Handled => Row { well: true, ..row("handled", 200) },
            Self::Duplicate => Row { well: true, ..row("duplicate", 200) },
            Self::InProgress => row("in_progress", 409),
            Self::Failed => row("failed", 500),
            Self::TimedOut => row("timed_out", 503),
            Self::Ignored => row("ignored", 200),
            Self::Invalid => row("invalid", 422),
            Self::Stale => row("stale", 400),
            Self::Refused => row("refused", 401),
            Self::Misused => Row { code: Some(Code::PayloadNotRaw), ..row("misused", 500) },
            Self::TooLarge => Row { code: Some(Code::PayloadTooLarge), ..row("too_large", 413) },
            Self::NotPost => row("not_post", 405),
            Self::Encoded => row("encoded", 415),
            Self::Unread => row("unread", 408),
            Self::StoreFailed => row("store_failed", 503),
        }
    }

    /// The outcome's name, such as `timed_out`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.row().name
    }

    /// The HTTP status of its reply.
    #[must_use]
    pub const fn status(self) -> u16 {
        self.row().status
    }

    /// Whether all went as it should, so that there is nothing to log.
    #[must_use]
    pub const fn is_well(self) -> bool {
        self.row().well
    }

    /// The code of the error behind it, where every such outcome has the same.
    #[must_use]
    pub const fn code(self) -> Option<Code> {
        self.row().code
    }

    /// The outcome of this name, for hosts that tell them by name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == name)
    }

    /// Its reply. `wait` is how long the claim that is in the way may yet hold, where there is one.
    #[must_use]
    pub fn reply(self, wait: Option<Duration>) -> Reply {
        let Row { name, status, .. } = self.row();
        let mut headers = vec![("Content-Type", "text/plain; charset=utf-8".to_owned())];
        match self {
            // What is left of the body, should it ever come, is not the next request.
            Self::Unread | Self::TooLarge => headers.push(("Connection", "close".to_owned())),
            Self::NotPost => headers.push(("Allow", "POST".to_owned())),
            Self::InProgress => headers.push(("Retry-After", whole_seconds(wait.unwrap_or_default()).to_string())),
            _ => {}
        }
        Reply { status, body: name, headers }
    }
}

/// Rounded up, and at least one: a sender that comes back too early finds the same claim.
fn whole_seconds(wait: Duration) -> u64 {
    let begun = u64::from(wait.subsec_nanos() > 0);
    wait.as_secs().saturating_add(begun).max(1)
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
