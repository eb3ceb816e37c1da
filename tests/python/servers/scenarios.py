"""What every Python server of the scenarios has: the log, the handler, the stores, and each route's options.

``tests/npm/receivers/scenarios.js`` says what is expected of each. The JavaScript and Rust servers have the same.
"""

import asyncio
import os
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from hookseal import AnyEvent, Claim, Context, EventError, MemoryStore, Record, Webhook

log: list[dict[str, Any]] = []


class AskedError(Exception):
    """As the event asked."""


class DownError(Exception):
    """The store is down."""


def begin(event: AnyEvent, context: Context) -> float:
    """Do the first half of what the event says; give the seconds to wait before the other."""
    data = event.body.get("data") or {}
    if context.tx is not None:
        log.append({"tx": context.tx})
    log.append({"handled": event.id})
    if data.get("do") == "throw":
        raise AskedError
    return float(data.get("ms", 0)) / 1000


def finish(event: AnyEvent) -> None:
    """Do the other half."""
    data = event.body.get("data") or {}
    if data.get("do") in {"reject", "wait-throw"}:
        raise AskedError
    log.append({"finished": event.id})


def handle(event: AnyEvent, context: Context) -> None:
    """Do what the event says."""
    time.sleep(begin(event, context))
    finish(event)


async def handle_async(event: AnyEvent, context: Context) -> None:
    """Do the same without blocking."""
    await asyncio.sleep(begin(event, context))
    finish(event)


def on_invalid(error: EventError, payload: bytes) -> None:
    """Fail where the payload says so."""
    log.append({"reported": error.code, "bytes": len(payload)})
    if b"throw" in payload:
        raise AskedError


def observe(path: str, record: Record) -> None:
    """Log a record."""
    names = ("provider", "type", "outcome", "code", "status", "key")
    error = record.error and type(record.error).__name__
    log.append({"observed": {"path": path, **{name: getattr(record, name) for name in names}, "error": error}})


class Broken:
    """A memory store, but for one operation."""

    def __init__(self, operation: str, how: Callable[..., Any]) -> None:
        """Put ``how`` in its place; it gets the operation, and what that would get."""
        store = MemoryStore()
        self.claim = store.claim
        self.complete = store.complete
        self.release = store.release
        setattr(self, operation, partial(how, getattr(store, operation)))


def fails(*_: object) -> Any:
    """Raise."""
    raise DownError


def fails_once() -> Callable[..., Any]:
    """Raise when it is asked for a key for the first time."""
    seen = set()

    def operate(works: Callable[..., Any], key: str, *rest: object) -> Any:
        if key in seen:
            return works(key, *rest)
        seen.add(key)
        return fails()

    return operate


def loses(*_: object) -> Any:
    """Say that the key is another's."""
    return "lost"


def comes_late() -> Any:
    """Say that another delivery was before."""
    return "completed"


def hangs(works: Callable[..., Any], *given: object) -> Any:
    """Take a second."""
    time.sleep(1)
    return works(*given)


class Ending:
    """A transactional store, whose commits all end so; and each of its sessions."""

    tx = "a transaction"

    def __init__(self, ending: Callable[..., Any]) -> None:
        """Take how its sessions end."""
        self.ending = ending
        self.store = MemoryStore()
        self.release = self.store.release

    def begin(self) -> "Ending":
        """Give itself: there is nothing to commit."""
        return self

    def claim(self, key: str, token: str, lease: int, now: int) -> Claim:
        """Claim a key."""
        return self.store.claim(key, token, lease, now)

    def complete(self, key: str, token: str, _retention: int, _now: int) -> Any:
        """Commit nothing."""
        self.store.release(key, token)
        return self.ending()


loop = Webhook("loop", os.environ["HOOKSEAL_SECRET"])
glycanage = Webhook("glycanage", os.environ["HOOKSEAL_OTHER_SECRET"])
short = timedelta(milliseconds=300)

routes: dict[str, dict[str, Any]] = {
    "/plain": {},
    "/other": {"webhook": glycanage},
    "/quick": {"deadline": short, "lease": timedelta(minutes=1)},
    "/reported": {"on_invalid": on_invalid},
    "/small": {"max_payload": 1000},
    "/aged": {"max_age": timedelta(hours=48)},
    "/keyed": {"key": lambda event: event.body["data"]["key"]},
    "/claim-fails": {"store": Broken("claim", fails)},
    "/complete-fails": {"store": Broken("complete", fails)},
    "/complete-fails-once": {"store": Broken("complete", fails_once())},
    "/complete-lost": {"store": Broken("complete", loses)},
    "/release-fails": {"store": Broken("release", fails)},
    "/claim-hangs": {"store": Broken("claim", hangs), "deadline": short},
    "/commit-fails": {"store": Ending(fails)},
    "/commit-lost": {"store": Ending(loses)},
    "/commit-late": {"store": Ending(comes_late)},
    "/parsed": {},
}
"""What each route has that is not as by default."""


def receivers(receiver: Callable[..., Any], handler: Callable[..., Any] = handle) -> dict[str, Any]:
    """Make a receiver a path, by an adapter's ``receiver``."""
    return {
        path: receiver(**{"webhook": loop, "store": MemoryStore(), "observe": partial(observe, path), **options})(
            handler
        )
        for path, options in routes.items()
    }
