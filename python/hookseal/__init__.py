"""Receives signed health-data webhooks of the Loop Platform and GlycanAge."""

from hookseal._hookseal import MemoryStore, Webhook
from hookseal.errors import ConfigError, EventError, Problem, SignatureError, WebhookError
from hookseal.events import (
    AnyEvent,
    AssignmentStatusChanged,
    BiomarkerResultCreated,
    ClinicalBiomarkerParsedV1,
    Event,
    KitReceived,
    OrderStatusChanged,
    ProtocolStarted,
    ReportReady,
    UnknownEvent,
)
from hookseal.options import Context
from hookseal.receiver import AsyncReceiver, Receiver
from hookseal.record import Record
from hookseal.reply import Outcome, Reply
from hookseal.store import (
    AsyncSession,
    AsyncStore,
    AsyncTransactional,
    Claim,
    Session,
    Store,
    Transactional,
)

__all__ = [
    "AnyEvent",
    "AssignmentStatusChanged",
    "AsyncReceiver",
    "AsyncSession",
    "AsyncStore",
    "AsyncTransactional",
    "BiomarkerResultCreated",
    "Claim",
    "ClinicalBiomarkerParsedV1",
    "ConfigError",
    "Context",
    "Event",
    "EventError",
    "KitReceived",
    "MemoryStore",
    "OrderStatusChanged",
    "Outcome",
    "Problem",
    "ProtocolStarted",
    "Receiver",
    "Record",
    "Reply",
    "ReportReady",
    "Session",
    "SignatureError",
    "Store",
    "Transactional",
    "UnknownEvent",
    "Webhook",
    "WebhookError",
]
