"""Any store and any receiver as if they blocked: what is to be awaited runs on one loop, in a thread of its own."""

import asyncio
import json
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from inspect import isawaitable
from itertools import count
from threading import Thread
from typing import Any, TypeVar

from hookseal import AsyncReceiver, Receiver, Record, Reply, Webhook
from hookseal.options import is_async

T = TypeVar("T")
U = TypeVar("U")

LOOP = asyncio.new_event_loop()
Thread(target=LOOP.run_forever, daemon=True).start()

NOW = 1_800_000_000_000
WEBHOOK = Webhook("loop", "secret")

_fresh = count()


def new_id() -> str:
    """Give an id that no other test has, as long and odd as keys can be."""
    return f"""it's "a" %s %(key)s $1 ?1 :key {{0}} \\ ~ {next(_fresh)} {time.time_ns()}"""


def wait(given: Any) -> Any:
    """Wait for it, if that is what it takes."""
    if not isawaitable(given):
        return given

    async def awaiting() -> Any:
        return await given

    return asyncio.run_coroutine_threadsafe(awaiting(), LOOP).result()


class Blocking:
    """A store or a session whose calls block."""

    def __init__(self, own: Any) -> None:
        """Take any."""
        self.own = own

    def __getattr__(self, name: str) -> Any:
        """Wait for whatever a method gives."""
        found = getattr(self.own, name)
        if not callable(found) or name == "tx":
            return found

        def call(*arguments: Any) -> Any:
            given = wait(found(*arguments))
            return Blocking(given) if name == "begin" else given

        return call


def at_once(call: Callable[[U], T], each: Iterable[U]) -> list[T]:
    """Call it in as many threads."""
    each = list(each)
    with ThreadPoolExecutor(len(each)) as threads:
        return list(threads.map(call, each))


class Receiving:
    """A receiver over any store, sync or not, and which of its events were handled."""

    def __init__(self, store: Any, handle: Callable[..., Any] | None = None, *, awaits: bool = False) -> None:
        """Handle events by noting them, and by whatever else there is to do; await what could be called, if asked."""
        own = store.own if isinstance(store, Blocking) else store
        self.handled: list[str | None] = []
        self.records: list[Record] = []
        is_sync = not any(is_async(getattr(own, name, None)) for name in ("begin", "claim"))
        self.sync = is_sync and not awaits

        def handler(event: Any, context: Any) -> Any:
            self.handled.append(event.id)
            return handle and handle(context.tx, event.id)

        async def handler_async(event: Any, context: Any) -> None:
            given = handler(event, context)
            if isawaitable(given):
                await given

        options: Any = {"deadline": timedelta(seconds=9), "observe": self.records.append}
        self._receiver: Any = (
            Receiver(WEBHOOK, handler, store=own, **options)
            if self.sync
            else AsyncReceiver(WEBHOOK, handler if is_sync else handler_async, store=own, **options)
        )

    def deliver(self, event_id: str) -> Reply:
        """Deliver an event of this id."""
        payload = json.dumps({"type": "protocol.started", "id": event_id}).encode()

        async def read(limit: int) -> bytes:  # noqa: ARG001
            return payload

        reading = (lambda limit: payload) if self.sync else read  # noqa: ARG005
        headers = {WEBHOOK.signature_header: WEBHOOK.sign(payload)}
        reply: Reply = wait(self._receiver.deliver("POST", headers, reading))
        return reply
