//! The senders as data: everything that one of them does differently from the other.

mod glycanage;
mod loop_platform;

use crate::WebhookError;
use crate::event::shape::Field;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// Who sends the webhooks.
///
/// # Examples
///
/// ```
/// use hookseal::Provider;
///
/// assert_eq!("glycanage".parse(), Ok(Provider::GlycanAge));
/// assert_eq!(Provider::Loop.signature_header(), "X-Loop-Signature");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Provider {
    /// The Loop Platform, `loop`.
    Loop,
    /// GlycanAge, `glycanage`.
    GlycanAge,
}

/// One sender, as its guide describes it.
pub(crate) struct Profile {
    pub(crate) name: &'static str,
    pub(crate) signature_header: &'static str,
    /// What stands before the 64 hex digits in the signature.
    pub(crate) signature_prefix: &'static str,
    pub(crate) delivery: DeliveryPolicy,
    pub(crate) catalogue: &'static [EventType],
    /// The members that every event of this sender has or may have.
    pub(crate) envelope: &'static [Field],
    /// The envelope's member that says when the event occurred.
    pub(crate) occurred_at: &'static str,
}

/// One type of event in a provider's catalogue.
///
/// # Examples
///
/// ```
/// use hookseal::Provider;
///
/// for event_type in Provider::GlycanAge.catalogue() {
///     println!("{}: {}", event_type.name, event_type.about);
/// }
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct EventType {
    /// As it stands in an event's `type`.
    pub name: &'static str,
    /// What it tells, in one line.
    pub about: &'static str,
    /// The Loop scope that an app must have been granted to get it, where its name tells: Loop's guide lists none.
    pub scope: Option<&'static str>,
    /// The documented members of its `data`; none where the provider does not document them.
    pub fields: Option<&'static [Field]>,
    /// A body of this type, as the provider documents it.
    #[cfg(feature = "tools")]
    pub sample: &'static str,
}

/// How a provider delivers: how long it waits for an answer, and when it tries again.
///
/// # Examples
///
/// ```
/// use hookseal::Provider;
/// use std::time::Duration;
///
/// let policy = Provider::Loop.delivery_policy();
/// assert_eq!(policy.retry_delays.iter().sum::<Duration>(), Duration::from_secs(95_760)); // 26 h 36 min
/// assert_eq!(Provider::GlycanAge.delivery_policy().deadline, Some(Duration::from_secs(10)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeliveryPolicy {
    /// How long the provider waits for an answer; `None` where its guide does not say.
    pub deadline: Option<Duration>,
    /// How often it retries a delivery that was not answered well.
    pub retries: u32,
    /// The wait before each retry; empty where its guide does not say.
    pub retry_delays: &'static [Duration],
}

impl Provider {
    /// Every provider.
    pub const ALL: [Self; 2] = [Self::Loop, Self::GlycanAge];

    pub(crate) const fn profile(self) -> &'static Profile {
        match self {
            Self::Loop => &loop_platform::PROFILE,
            Self::GlycanAge => &glycanage::PROFILE,
        }
    }

    /// The provider's name in every language: `loop` or `glycanage`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.profile().name
    }

    /// The name of the header that carries the signature, spelled as the provider's guide does.
    #[must_use]
    pub const fn signature_header(self) -> &'static str {
        self.profile().signature_header
    }

    /// The types of event that the provider documents.
    #[must_use]
    pub const fn catalogue(self) -> &'static [EventType] {
        self.profile().catalogue
    }

    /// The catalogue's entry for a type; none for one that the provider does not document.
    #[must_use]
    pub fn event_type(self, name: &str) -> Option<&'static EventType> {
        self.catalogue().iter().find(|event_type| event_type.name == name)
    }

    /// How this provider delivers and retries, from its guide.
    #[must_use]
    pub const fn delivery_policy(self) -> DeliveryPolicy {
        self.profile().delivery
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Provider {
    type Err = WebhookError;

    fn from_str(name: &str) -> Result<Self, WebhookError> {
        Self::ALL.into_iter().find(|provider| provider.name() == name).ok_or(WebhookError::UnknownProvider)
    }
}
