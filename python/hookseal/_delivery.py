"""One delivery, as the core's table drives it: do what the step says, tell what happened, until the step is an outcome.

It does no input or output itself: it yields each call that is to be made, and is sent what that gave or thrown what it
raised. So it is one and the same where calls block and where they are awaited.
"""

import time
import uuid
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any, ClassVar, Literal, NamedTuple, TypeAlias

from hookseal._hookseal import admit, at_deadline, hashed, next_step, received, reply, unverified, verified
from hookseal.errors import WebhookError
from hookseal.options import Context, Settings
from hookseal.record import Record, tell
from hookseal.reply import Reply

Call: TypeAlias = partial[Any]
Act: TypeAlias = Generator[Call, Any, object]

Headers: TypeAlias = str | bytes | Mapping[str, Any] | Iterable[tuple[str | bytes, str | bytes]] | None
"""All headers of a request, as ``Webhook.verify`` takes them."""

Place: TypeAlias = Literal["python", "flask", "django", "asgi"]
"""Where a receiver stands, for the remedy in its words."""


class Waiting(partial[Any]):
    """A call that may wait until the handler of another delivery has ended."""


class Settling(partial[Any]):
    """A call that ends a claim, and so is due however late it is. What is of another kind need not begin late."""


class Request(NamedTuple):
    """One HTTP request, as an adapter hands it over."""

    method: str
    headers: Headers
    read: Callable[[int], object]
    place: Place
    caught: Callable[[Exception], object] | None


class Delivery:
    """What one delivery knows of itself."""

    def __init__(self, settings: Settings, request: Request) -> None:
        """Begin with nothing but the request."""
        self.settings = settings
        self.request = request
        self.started = time.monotonic()
        self.token = str(uuid.uuid4())
        self.step = "read"
        self.late = False
        self.payload = b""
        self.event: Any = None
        self.key = ""
        self.key_hash: str | None = None
        self.session: Any = None
        self.wait: int | None = None
        self.error: Exception | None = None

    def run(self) -> Generator[Call, Any, Reply]:
        """Every step, to the very end, however late."""
        refused = admit(self.request.method, self.request.headers, self.settings.limits.max_payload)
        if refused is not None:
            return self._answer(refused)
        self.step = yield from self._read()
        if self.late:
            # What has not arrived by the deadline is not waited for, and was told.
            return reply(self.step, None)
        while act := self.ACTS.get(self.step):
            happened = yield from self._attempt(act(self))
            self.step = self._next(happened)
        return self._answer(self.step)

    def _next(self, happened: object) -> str:
        return next_step(self.step, happened, self.late, self.settings.begins)

    def at_deadline(self) -> Reply:
        """Give what the sender is told when the deadline passes. The delivery itself goes on."""
        self.late = True
        return self._answer(at_deadline(self.step))

    def give_back(self) -> None:
        """Give back what a handler was interrupted in, by the end of its worker or a time limit of the server's."""
        if self.step == "handle":
            with suppress(Exception):
                self.session.release(self.key, self.token)

    def _attempt(self, act: Act) -> Act:
        try:
            return (yield from act)
        except Exception as error:  # noqa: BLE001
            if self.step in self.USERS_OWN:
                self._tell_framework(error)
            if self.step in self.USERS_OWN or self.error is None:
                self.error = error
            return "failed"

    def _tell_framework(self, error: Exception) -> None:
        """While it is being handled, as a framework expects. What its own hooks raise has no say in the reply."""
        with suppress(Exception):
            if self.request.caught is not None:
                self.request.caught(error)

    def _read(self) -> Generator[Call, Any, str]:
        """Read, and verify what was read; give the step after that."""
        webhook, limits = self.settings.webhook, self.settings.limits
        try:
            body = yield partial(self.request.read, limits.max_payload)
        except Exception as error:  # noqa: BLE001
            self.error = error
            return self._next("failed")
        if self.late:
            return self._next("failed")
        try:
            self.payload = received(body, limits.max_payload, self.request.place)
            self.event = webhook.verify(self.payload, self.request.headers)
        except Exception as error:  # noqa: BLE001
            # A MemoryError, say, has no code: the sender is to come again.
            self.error = error
            return unverified(getattr(error, "code", ""), self.settings.on_invalid is not None)
        return verified(self.event.occurred_at, limits.max_age, now())

    def _find_key(self) -> Act:
        own = self.settings.key
        self.key = self.event.key if own is None else (yield partial(own, self.event))
        self.key_hash = hashed(self.key)
        return "done"

    def _claim(self) -> Act:
        self.session = self.settings.store
        if self.settings.begins:
            self.session = yield partial(self.settings.store.begin)
        asked = now()
        state, until = yield Waiting(self.session.claim, self.key, self.token, self.settings.limits.lease, asked)
        self.wait = None if until is None else until - asked
        return state

    def _handle(self) -> Act:
        context = Context(self.session.tx if self.settings.begins else None)
        arguments = (self.event, context) if self.settings.takes_context else (self.event,)
        yield partial(self.settings.handler, *arguments)
        return "done"

    def _complete(self) -> Act:
        retention = self.settings.limits.retention
        return (yield Settling(self.session.complete, self.key, self.token, retention, now()))

    def _release(self) -> Act:
        return (yield Settling(self.session.release, self.key, self.token))

    def _report(self) -> Act:
        on_invalid: Any = self.settings.on_invalid
        yield partial(on_invalid, self.error, self.payload)
        return "done"

    ACTS: ClassVar[dict[str, Callable[["Delivery"], Act]]] = {
        "key": _find_key,
        "claim": _claim,
        "handle": _handle,
        "complete": _complete,
        "complete_again": _complete,
        "release": _release,
        "withdraw": _release,
        "report": _report,
    }

    USERS_OWN: ClassVar = ("key", "handle", "report")
    """The steps in which the user's own code runs."""

    def _answer(self, outcome: str) -> Reply:
        answer = reply(outcome, self.wait)
        code = self.error.code if isinstance(self.error, WebhookError) else answer.code
        record = Record(
            provider=self.settings.webhook.provider,
            type=self.event and self.event.type,
            outcome=answer.outcome,
            code=code,
            status=answer.status,
            milliseconds=(time.monotonic() - self.started) * 1000,
            key=self.key_hash,
            error=self.error,
        )
        tell(self.settings.observe, record, well=answer.well)
        return answer


def now() -> int:
    """In ms since 1970."""
    return time.time_ns() // 1_000_000
