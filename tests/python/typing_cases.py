"""What the types allow, and what they must not: read by mypy and pyright, never run."""

import sqlite3
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Literal, assert_never, assert_type

import hookseal.asgi
import hookseal.django
import hookseal.flask
from django.http import HttpRequest, HttpResponse
from fastapi import FastAPI
from flask import Flask, Response
from hookseal import (
    AnyEvent,
    AssignmentStatusChanged,
    AsyncReceiver,
    BiomarkerResultCreated,
    Claim,
    ClinicalBiomarkerParsedV1,
    Context,
    EventError,
    KitReceived,
    MemoryStore,
    OrderStatusChanged,
    Outcome,
    Problem,
    ProtocolStarted,
    Receiver,
    Record,
    Reply,
    ReportReady,
    SignatureError,
    UnknownEvent,
    Webhook,
    WebhookError,
)
from hookseal.events import AssignedSet, ReportReadyData
from hookseal.tools import delivery, sample
from starlette.routing import Mount, Route

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

store = MemoryStore()
assert_type(store.claim("key", "token", 1, 0), Claim)
assert_type(store.claim("key", "token", 1, 0).state, Literal["claimed", "in_progress", "completed"])
assert_type(store.claim("key", "token", 1, 0).until, int | None)

app = Flask(__name__)


@app.post("/loop")
@hookseal.flask.receiver(webhook, store=store)
def with_flask(event: AnyEvent) -> None:
    """Narrow the event."""
    if isinstance(event, KitReceived):
        assert_type(event.data["kitCode"], str)


@hookseal.flask.receiver(webhook, store=store, key=lambda event: event.key)
def with_context(event: AnyEvent, context: Context) -> str:
    """Take the context too; what is returned is ignored."""
    connection: sqlite3.Connection = context.tx
    connection.execute("insert into events values (?)", [event.id])
    return "OK"


def on_invalid(error: EventError, payload: bytes) -> None:
    """Keep the bytes."""
    assert_type(error.problems, list[Problem])
    assert_type(payload, bytes)


def observe(record: Record) -> None:
    """Count."""
    assert_type(record.outcome, Outcome)
    assert_type(record.error, Exception | None)


@hookseal.django.receiver(
    webhook,
    store=store,
    max_payload=1000,
    deadline=timedelta(seconds=5),
    lease=None,
    on_invalid=on_invalid,
    observe=observe,
)
def with_django(event: AnyEvent) -> None:
    """Handle an event."""


@hookseal.asgi.receiver(webhook, store=store)
async def with_asgi(event: AnyEvent, context: Context) -> None:
    """Handle an event."""


assert_type(with_flask(), Response)
assert_type(with_django(HttpRequest()), HttpResponse)
FastAPI(routes=[Route("/loop", with_asgi), Mount("/glycanage", with_asgi)]).mount("/loop", with_asgi)


class Session:
    """A transaction."""

    def __init__(self, tx: sqlite3.Connection) -> None:
        """Begin."""
        self.tx = tx

    def claim(self, key: str, token: str, lease: int, now: int) -> Claim:
        """Claim."""
        raise NotImplementedError

    def complete(self, key: str, token: str, retention: int, now: int) -> Literal["done", "lost"]:
        """Complete."""
        raise NotImplementedError

    def release(self, key: str, token: str) -> Literal["done", "lost"]:
        """Release."""
        raise NotImplementedError


class Transactional:
    """A transactional store of one's own."""

    def begin(self) -> Session:
        """Begin."""
        return Session(sqlite3.connect(":memory:"))


class AsyncStore:
    """An asynchronous store of one's own."""

    async def claim(self, key: str, token: str, lease: int, now: int) -> Claim:
        """Claim."""
        raise NotImplementedError

    async def complete(self, key: str, token: str, retention: int, now: int) -> Literal["done", "lost"]:
        """Complete."""
        raise NotImplementedError

    async def release(self, key: str, token: str) -> Literal["done", "lost"]:
        """Release."""
        raise NotImplementedError


def on_event(event: AnyEvent) -> None:
    """Handle an event."""


def on_two(first: AnyEvent, second: AnyEvent) -> None:
    """Be no handler."""


def on_report(event: ReportReady) -> None:
    """Handle one type of event alone, which is no handler of all."""


def read(limit: int) -> bytes:
    """Read the body."""
    raise NotImplementedError


async def read_async(limit: int) -> bytes:
    """Read the body."""
    raise NotImplementedError


async def deliver() -> None:
    """Deliver where calls are awaited."""
    assert_type(await AsyncReceiver(webhook, on_event, store=AsyncStore()).deliver("POST", [], read_async), Reply)


receiver = Receiver(webhook, on_event, store=Transactional())
assert_type(receiver.deliver("POST", {}, read), Reply)
AsyncReceiver(webhook, partial(on_event), store=Session(sqlite3.connect(":memory:")))

Receiver(webhook, on_report, store=store)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Receiver(webhook, on_two, store=store)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Receiver(webhook, on_event)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
Receiver(webhook, on_event, store=None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Receiver(webhook, on_event, store=AsyncStore())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Receiver(webhook, on_event, store=store, deadline=9)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Receiver(webhook, on_event, store=store, retries=3)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
Receiver(webhook, on_event, store=store, observe=on_event)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
hookseal.flask.receiver(webhook, store=store)(on_report)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
hookseal.asgi.receiver(webhook, store=store)(on_report)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
hookseal.django.receiver(webhook)(on_event)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
