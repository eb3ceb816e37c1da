"""Receives signed health-data webhooks of the Loop Platform and GlycanAge."""

from hookseal._hookseal import Webhook
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

__all__ = [
    "AnyEvent",
    "AssignmentStatusChanged",
    "BiomarkerResultCreated",
    "ClinicalBiomarkerParsedV1",
    "ConfigError",
    "Event",
    "EventError",
    "KitReceived",
    "OrderStatusChanged",
    "Problem",
    "ProtocolStarted",
    "ReportReady",
    "SignatureError",
    "UnknownEvent",
    "Webhook",
    "WebhookError",
]
