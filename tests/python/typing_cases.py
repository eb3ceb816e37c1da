"""What the types allow, and what they must not: read by mypy and pyright, never run."""

from datetime import datetime
from typing import Any, assert_never, assert_type

from hookseal import (
    AnyEvent,
    AssignmentStatusChanged,
    BiomarkerResultCreated,
    ClinicalBiomarkerParsedV1,
    EventError,
    KitReceived,
    OrderStatusChanged,
    Problem,
    ProtocolStarted,
    ReportReady,
    SignatureError,
    UnknownEvent,
    Webhook,
    WebhookError,
)
from hookseal.events import AssignedSet, ReportReadyData
from hookseal.tools import delivery, sample

webhook = Webhook("loop", "secret")
Webhook("glycanage", b"secret")
Webhook("loop", ["new", b"old"])
Webhook("loop", {"new": "a", "old": b"b"})
Webhook("loop", [("new", "a"), "b"])

assert_type(webhook.sign(b""), str)
assert_type(webhook.verify_signature(memoryview(b""), [(b"x-loop-signature", b"")]), str)
event = webhook.verify(bytearray(), {"x-loop-signature": "00"})
assert_type(event.type, str)
assert_type(event.known, bool)
assert_type(event.id, str | None)
assert_type(event.occurred_at, datetime | None)
assert_type(event.body, dict[str, Any])
assert_type(event.key, str)
webhook.verify("", None)
webhook.verify("", "00")

Webhook("stripe", "secret")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Webhook("loop", None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Webhook("loop", 7)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
webhook.verify({}, "00")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
webhook.verify(None, "00")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
webhook.verify(b"")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
event.type = "x"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]

try:
    webhook.verify(b"", None)
except SignatureError as error:
    assert_type(error.status, int | None)
except EventError as error:
    assert_type(error.problems, list[Problem])
    assert_type(error.offset, int | None)
except WebhookError as error:
    assert_type(error.code, str)


def handle(event: AnyEvent) -> str | None:
    """Narrow by class, to the last type that there is."""
    match event:
        case ReportReady():
            assert_type(event.data, ReportReadyData)
            assert_type(event.data["reportId"], str)
            event.data["orderId"]  # type: ignore[typeddict-item]  # pyright: ignore[reportGeneralTypeIssues]
            return event.data.get("glycanAge")
        case AssignmentStatusChanged():
            assert_type(event.data.get("sets"), list[AssignedSet] | None)
        case OrderStatusChanged() | KitReceived():
            assert_type(event.known, bool)
        case BiomarkerResultCreated() | ProtocolStarted() | ClinicalBiomarkerParsedV1():
            assert_type(event.data, Any)
        case UnknownEvent():
            assert_type(event.data, None)
        case _:
            assert_never(event)
    if isinstance(event, KitReceived):
        assert_type(event.data["kitCode"], str)
    return None


handle(webhook.verify(*delivery(webhook, sample("loop", "protocol.started"))))
