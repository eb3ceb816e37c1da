"""What helps to test a receiver: the catalogue, the documented samples, and deliveries made of them."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from hookseal import _hookseal
from hookseal._hookseal import Webhook
from hookseal.events import Provider

__all__ = ["Delivery", "DeliveryPolicy", "EventType", "Field", "catalogue", "delivery", "delivery_policy", "sample"]


class Field(NamedTuple):
    """One documented member of an object. Members that are not documented pass."""

    name: str
    """As the provider documents it."""
    required: bool
    """Whether it must be there and not be null. Null and absent are one for all others."""
    expected: str
    """What its value must be, in the words of an error."""
    fields: list["Field"]
    """The members of the objects that it holds, if it does."""


class EventType(NamedTuple):
    """One type of event in a provider's catalogue."""

    name: str
    """As it stands in an event's ``type``."""
    about: str
    """What it tells, in one line."""
    scope: str | None
    """The Loop scope that an app must have been granted to get it, where its name tells: Loop's guide lists none."""
    fields: list[Field] | None
    """The documented members of its ``data``; None where the provider does not document them."""


class DeliveryPolicy(NamedTuple):
    """How a provider delivers: how long it waits for an answer, and when it tries again."""

    deadline: timedelta | None
    """How long the provider waits for an answer; None where its guide does not say."""
    retries: int
    """How often it retries a delivery that was not answered well."""
    retry_delays: list[timedelta]
    """The wait before each retry; empty where its guide does not say."""


class Delivery(NamedTuple):
    """What a provider would send."""

    body: bytes
    """The signed bytes."""
    headers: dict[str, str]
    """The signature, under the name that the provider gives it, and the body's type."""

    def __repr__(self) -> str:
        """Show nothing of the payload."""
        return "Delivery(..)"


def catalogue(provider: Provider) -> list[EventType]:
    """Give the types of event that a provider documents.

    Raises ConfigError: ``unknown_provider``.

    >>> from hookseal.tools import catalogue
    >>> [event_type.name for event_type in catalogue("loop")]
    ['biomarker.result.created', 'protocol.started', 'clinical.biomarker.parsed.v1']
    """
    return _hookseal.catalogue(provider)


def delivery_policy(provider: Provider) -> DeliveryPolicy:
    """Give a provider's own rules for deliveries, from its guide.

    Raises ConfigError: ``unknown_provider``.

    >>> from hookseal.tools import delivery_policy
    >>> delivery_policy("glycanage").deadline.total_seconds()
    10.0
    """
    return _hookseal.delivery_policy(provider)


def sample(provider: Provider, event_type: str, overrides: Mapping[str, Any] | None = None) -> str:
    """Give a valid event's body: the documented sample of a type, with ``overrides`` laid over it.

    Mappings are merged member by member, anything else takes the sample's place, and None stands for null.

    Raises ConfigError: ``unknown_provider``; ``invalid_option`` for a type that is not in the catalogue, and for
    overrides that are not JSON. Raises EventError where the overrides make the body one that a provider never sends.

    >>> import json
    >>> from hookseal.tools import sample
    >>> body = json.loads(sample("glycanage", "kit-received", {"data": {"kitCode": "KIT9"}}))
    >>> body["data"]["kitCode"], body["data"]["status"]
    ('KIT9', 'inAnalysis')
    """
    try:
        text = json.dumps({} if overrides is None else {**overrides}, ensure_ascii=False)
    except Exception:  # noqa: BLE001
        # Whatever an object of the caller's raises: it is not what the core takes.
        text = ""
    return _hookseal.sample(provider, event_type, text)


def delivery(webhook: Webhook, body: str | bytes) -> Delivery:
    """Give a delivery of this body, signed under the webhook's first secret.

    Raises ConfigError: ``payload_not_raw``, ``payload_too_large``.

    >>> from hookseal import Webhook
    >>> from hookseal.tools import delivery, sample
    >>> webhook = Webhook("loop", "a secret")
    >>> webhook.verify(*delivery(webhook, sample("loop", "protocol.started"))).type
    'protocol.started'
    """
    headers = {webhook.signature_header: webhook.sign(body), "Content-Type": "application/json"}
    return Delivery(body.encode() if isinstance(body, str) else body, headers)
