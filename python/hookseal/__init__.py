"""Receives signed health-data webhooks of the Loop Platform and GlycanAge."""

from hookseal._hookseal import Event, Webhook
from hookseal.errors import ConfigError, EventError, Problem, SignatureError, WebhookError

__all__ = ["ConfigError", "Event", "EventError", "Problem", "SignatureError", "Webhook", "WebhookError"]
