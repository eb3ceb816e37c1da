"""What a receiver does with a delivery, by the core's table, where calls block and where they are awaited."""

import asyncio
import hashlib
import logging
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, get_args
from unittest.mock import AsyncMock, Mock

import pytest
from hookseal import (
    AsyncReceiver,
    Claim,
    ConfigError,
    Context,
    EventError,
    MemoryStore,
    Outcome,
    Receiver,
    Record,
    Reply,
    Webhook,
    _hookseal,
)

WEBHOOK = Webhook("loop", "secret")
BODY = b'{"type":"protocol.started","id":"evt_1"}'
KEY = hashlib.sha256(b"loop:id:evt_1").hexdigest()


def signed(body: bytes = BODY) -> dict[str, str]:
    """Give the headers of a delivery."""
    return {"X-Loop-Signature": WEBHOOK.sign(body)}


def blocking(handler: Any = print, body: object = BODY, method: str = "POST", **options: Any) -> Reply:
    """Deliver where calls block."""
    headers = options.pop("headers", signed(body if isinstance(body, bytes) else BODY))
    receiver = Receiver(WEBHOOK, handler, **{"store": MemoryStore(), **options})
    return receiver.deliver(method, headers, lambda _: body)


def awaited(handler: Any = print, body: object = BODY, method: str = "POST", **options: Any) -> Reply:
    """Deliver where calls are awaited."""
    headers = options.pop("headers", signed(body if isinstance(body, bytes) else BODY))

    async def read(_: int) -> object:
        return body

    async def main() -> Reply:
        receiver = AsyncReceiver(WEBHOOK, handler, **{"store": MemoryStore(), **options})
        return await receiver.deliver(method, headers, read)

    return asyncio.run(main())


BOTH = pytest.mark.parametrize("deliver", [blocking, awaited])


class Scripted:
    """A store that answers as it is told, and tells what it was asked."""

    def __init__(self, **answers: Any) -> None:
        """Take the answers to each operation, in turn."""
        self.answers = {name: list(each) for name, each in answers.items()}
        self.asked: list[str] = []

    def _answer(self, operation: str) -> Any:
        self.asked.append(operation)
        answer = self.answers[operation].pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def claim(self, _key: str, _token: str, _lease: int, _now: int) -> Any:
        """Answer."""
        return self._answer("claim")

    def complete(self, _key: str, _token: str, _retention: int, _now: int) -> Any:
        """Answer."""
        return self._answer("complete")

    def release(self, _key: str, _token: str) -> Any:
        """Answer."""
        return self._answer("release")


class AsyncScripted:
    """The same for code that awaits."""

    def __init__(self, store: Scripted) -> None:
        """Answer as another does."""
        self.store = store

    async def claim(self, *given: Any) -> Any:
        """Answer."""
        return self.store.claim(*given)

    async def complete(self, *given: Any) -> Any:
        """Answer."""
        return self.store.complete(*given)

    async def release(self, *given: Any) -> Any:
        """Answer."""
        return self.store.release(*given)


class Session(Scripted):
    """A transaction."""

    tx = "a transaction"


class Transactional:
    """A transactional store of one session."""

    def __init__(self, session: Session) -> None:
        """Begin this one."""
        self.session = session

    def begin(self) -> Session:
        """Give the session."""
        return self.session


class AsyncTransactional(Transactional):
    """The same for code that awaits."""

    async def begin(self) -> Any:  # type: ignore[override]
        """Give the session."""
        return self.session


DOWN = RuntimeError("down")
CLAIMED = Claim("claimed")
CLOSE = [("Connection", "close")]
HANDLED = ["claim", "handle", "complete"]
AGAIN = [*HANDLED, "complete"]


@pytest.mark.parametrize(
    ("answers", "outcome", "asked"),
    [
        ({"claim": [CLAIMED], "complete": ["done"]}, "handled", HANDLED),
        ({"claim": [("claimed", None)], "complete": ["done"]}, "handled", HANDLED),
        ({"claim": [Claim("completed")]}, "duplicate", ["claim"]),
        ({"claim": [Claim("in_progress", 10**13)]}, "in_progress", ["claim"]),
        ({"claim": [Claim("in_progress")]}, "in_progress", ["claim"]),
        ({"claim": [DOWN]}, "store_failed", ["claim"]),
        ({"claim": [None]}, "store_failed", ["claim"]),
        ({"claim": ["claimed"]}, "store_failed", ["claim"]),
        ({"claim": [("what", None)]}, "store_failed", ["claim"]),
        ({"claim": [(7, None)]}, "store_failed", ["claim"]),
        ({"claim": [("in_progress", "soon")]}, "store_failed", ["claim"]),
        ({"claim": [CLAIMED], "complete": [DOWN, "done"]}, "handled", AGAIN),
        ({"claim": [CLAIMED], "complete": ["lost", "lost"]}, "handled", AGAIN),
        ({"claim": [CLAIMED], "complete": [None, "\ud800"]}, "handled", AGAIN),
        ({"claim": [CLAIMED], "complete": [DOWN, DOWN]}, "handled", AGAIN),
        ({"claim": [CLAIMED], "complete": [DOWN, "completed"]}, "duplicate", AGAIN),
        ({"claim": [CLAIMED], "complete": ["completed"]}, "duplicate", HANDLED),
    ],
    ids=str,
)
@pytest.mark.parametrize("form", ["plain", "transactional"])
@BOTH
def test_what_a_store_says(deliver: Any, form: str, answers: Any, outcome: str, asked: list[str]) -> None:
    """Decides how a delivery ends, also where it is none of its words."""
    if form == "transactional" and asked is AGAIN:
        # What could not be committed has not happened.
        outcome, asked = "store_failed", HANDLED
    records: list[Record] = []
    for asynchronous in (False, True)[: 1 + (deliver is awaited)]:
        session = Session(**answers)
        store: Any = AsyncScripted(session) if asynchronous else session
        if form == "transactional":
            store = (AsyncTransactional if asynchronous else Transactional)(session)
        reply = deliver(lambda _, of=session: of.asked.append("handle"), store=store, observe=records.append)
        assert (reply.outcome, session.asked) == (outcome, asked)
        record = records.pop()
        assert (record.provider, record.type, record.outcome) == ("loop", "protocol.started", outcome)
        assert (record.code, record.status, record.key) == (None, reply.status, KEY)
        assert record.milliseconds >= 0
        assert not records


@BOTH
def test_a_handler_that_raises_gives_the_event_back(deliver: Any) -> None:
    """And its exception is in the record, whatever the store says then."""
    failure = ValueError("mine")
    for released in ("done", "lost", DOWN, None):
        records: list[Record] = []
        store = Scripted(claim=[CLAIMED], release=[released])
        reply = deliver(Mock(side_effect=failure), store=store, observe=records.append)
        assert (reply.status, reply.outcome, store.asked) == (500, "failed", ["claim", "release"])
        [record] = records
        assert (record.error, record.code) == (failure, None)


@pytest.mark.parametrize(
    "failure", [StopIteration("mine"), StopAsyncIteration("mine"), GeneratorExit, RecursionError()]
)
def test_odd_exceptions_of_a_handler(failure: Any) -> None:
    """None of them may end a delivery without a reply, or leave it hanging: Python itself gives some a meaning."""
    deadline = timedelta(seconds=2)
    if failure is GeneratorExit:
        with pytest.raises(GeneratorExit):
            blocking(Mock(side_effect=failure))
        return
    assert blocking(Mock(side_effect=failure)).outcome == "failed"
    assert awaited(Mock(side_effect=failure), deadline=deadline).outcome == "failed"
    assert awaited(AsyncMock(side_effect=failure), deadline=deadline).outcome == "failed"


@BOTH
def test_a_handler_that_awaited_what_was_cancelled(deliver: Any) -> None:
    """It is the handler's failure: nobody has cancelled the delivery."""
    records: list[Record] = []
    cancelled = asyncio.CancelledError()
    assert deliver(Mock(side_effect=cancelled), observe=records.append).outcome == "failed"
    assert awaited(AsyncMock(side_effect=cancelled), observe=records.append).outcome == "failed"
    for record in records:
        assert isinstance(record.error, RuntimeError)
        assert record.error.__cause__ is cancelled


@pytest.mark.parametrize("failure", [KeyboardInterrupt, SystemExit])
@BOTH
def test_an_interrupt_comes_through(deliver: Any, failure: type[BaseException]) -> None:
    """Only exceptions are a handler's own: to be told to stop is not one."""
    with pytest.raises(failure):
        deliver(Mock(side_effect=failure))


@pytest.mark.parametrize(
    ("request_", "outcome", "code", "headers"),
    [
        ({"method": "GET"}, "not_post", None, [("Allow", "POST")]),
        ({"method": "\ud800"}, "not_post", None, [("Allow", "POST")]),
        ({"headers": {**signed(), "Content-Encoding": "gzip"}}, "encoded", None, []),
        ({"headers": {**signed(), "content-length": "1048577"}}, "too_large", "payload_too_large", CLOSE),
        ({"headers": [(b"content-length", b"1048577")]}, "too_large", "payload_too_large", CLOSE),
        ({"headers": {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "1048577"}}, "too_large", "payload_too_large", CLOSE),
        ({"body": b"x" * 1001, "max_payload": 1000}, "too_large", "payload_too_large", CLOSE),
        ({"body": bytearray(1001), "max_payload": 1000}, "too_large", "payload_too_large", CLOSE),
        ({"body": None}, "misused", "payload_not_raw", []),
        ({"body": {}}, "misused", "payload_not_raw", []),
        ({"body": BODY.decode()}, "misused", "payload_not_raw", []),
        ({"headers": {}}, "refused", "missing_signature", []),
        ({"headers": signed(b"another")}, "refused", "signature_mismatch", []),
        ({"body": b"[]"}, "invalid", "malformed_json", []),
        ({"body": b"{}"}, "invalid", "invalid_event", []),
        ({"body": b"{}", "on_invalid": print}, "ignored", "invalid_event", []),
        ({"max_age": timedelta(hours=48)}, "stale", None, []),
    ],
    ids=str,
)
@BOTH
def test_what_ends_before_the_handler(deliver: Any, request_: Any, outcome: str, code: str, headers: Any) -> None:
    """Has its reply and its record, and nobody is asked for anything."""
    store, records = Scripted(), list[Record]()
    reply = deliver(pytest.fail, store=store, observe=records.append, **request_)
    assert (reply.outcome, reply.body, store.asked) == (outcome, outcome, [])
    assert reply.headers == [("Content-Type", "text/plain; charset=utf-8"), *headers]
    [record] = records
    assert (record.outcome, record.code, record.status, record.key) == (outcome, code, reply.status, None)


@BOTH
def test_a_body_in_any_form_of_bytes(deliver: Any) -> None:
    """Text alone is refused, because nobody knows how it was made of them."""
    for form in (BODY, bytearray(BODY), memoryview(BODY)):
        assert deliver(body=form).outcome == "handled"


def test_a_body_that_never_arrives() -> None:
    """Is unread, and what was raised is in the record."""
    records: list[Record] = []
    receiver = Receiver(WEBHOOK, print, store=MemoryStore(), observe=records.append)
    assert receiver.deliver("POST", signed(), Mock(side_effect=OSError)).status == 408
    assert isinstance(records[0].error, OSError)


def test_a_receiver_reads_no_more_than_its_limit() -> None:
    """What reads is told."""
    read = Mock(return_value=BODY)
    Receiver(WEBHOOK, print, store=MemoryStore(), max_payload=1000).deliver("POST", signed(), read)
    read.assert_called_once_with(1000)


@BOTH
def test_on_invalid_gets_the_error_and_the_bytes(deliver: Any) -> None:
    """Once; and what it raises makes the sender try again."""
    on_invalid = Mock()
    assert deliver(body=b"{}", on_invalid=on_invalid).status == 200
    [(error, payload)] = [call.args for call in on_invalid.call_args_list]
    assert isinstance(error, EventError)
    assert payload == b"{}"
    records: list[Record] = []
    failure = OSError("full")
    reply = deliver(body=b"{}", on_invalid=Mock(side_effect=failure), observe=records.append)
    assert (reply.outcome, records[0].error) == ("failed", failure)


@BOTH
def test_a_key_of_the_users_own(deliver: Any) -> None:
    """Is what the store is asked for; without one, nothing is claimed."""
    store = MemoryStore()
    assert deliver(store=store, key=lambda event: f"mine {event.id}").outcome == "handled"
    assert store.claim("mine evt_1", "token", 1, 0).state == "completed"
    for key in ("", None, 7, "\ud800", b"key"):
        records: list[Record] = []
        reply = deliver(pytest.fail, store=Scripted(), key=Mock(return_value=key), observe=records.append)
        assert (reply.outcome, records[0].code, records[0].key) == ("failed", "invalid_option", None)


def test_a_key_that_is_awaited() -> None:
    """Where something can await it."""
    store = MemoryStore()
    assert awaited(store=store, key=AsyncMock(return_value="mine")).outcome == "handled"
    assert store.claim("mine", "token", 1, 0).state == "completed"


@BOTH
def test_an_observer_that_raises_changes_nothing(deliver: Any, caplog: pytest.LogCaptureFixture) -> None:
    """And what it says is not shown."""
    assert deliver(observe=Mock(side_effect=ValueError("canary"))).outcome == "handled"
    assert [record.getMessage() for record in caplog.records] == ["observe raised ValueError"]
    assert "canary" not in caplog.text


@BOTH
def test_without_an_observer_the_log_has_what_went_wrong(deliver: Any, caplog: pytest.LogCaptureFixture) -> None:
    """With the message where it is our own, and nothing where all went well."""
    caplog.set_level(logging.DEBUG, logger="hookseal")
    store = MemoryStore()
    deliver(store=store)
    deliver(store=store)
    assert caplog.record_tuples == []
    deliver(headers={})
    deliver(Mock(side_effect=ValueError("canary")))
    refused, failed = caplog.record_tuples
    assert refused[:2] == failed[:2] == ("hookseal", logging.WARNING)
    assert refused[2].startswith("refused missing_signature (expected ")
    assert failed[2] == "failed (ValueError)"
    assert "canary" not in caplog.text


class Callable2:
    """A handler that is an object."""

    async def __call__(self, event: Any) -> None:
        """Be awaited."""


async def coroutine(_event: Any) -> None:
    """Be awaited."""


def generator(_event: Any) -> Any:
    """Run nothing until somebody iterates."""
    yield pytest.fail("ran")


async def asynchronous_generator(_event: Any) -> Any:
    """Run nothing until somebody iterates."""
    yield pytest.fail("ran")


@pytest.mark.parametrize("handler", [coroutine, partial(coroutine), AsyncMock(), Callable2(), Callable2().__call__])
def test_a_coroutine_function_is_refused_where_nothing_awaits_it(handler: Any) -> None:
    """Beforehand; as the handler, and as a callback."""
    assert awaited(handler).outcome == "handled"
    for options in ({"handler": handler}, {"on_invalid": handler}, {"key": handler}):
        with pytest.raises(ConfigError, match="no coroutine function"):
            blocking(**options)


def hidden(function: Any) -> Any:
    """Hide that it runs nothing when it is called."""
    return lambda event, *, to=function: to(event)


@pytest.mark.parametrize("handler", [hidden(coroutine), hidden(generator), hidden(asynchronous_generator)])
def test_a_handler_that_ran_nothing_has_not_handled(handler: Any) -> None:
    """What cannot be told beforehand fails, gives the event back, and leaves no coroutine behind."""
    records: list[Record] = []
    store = Scripted(claim=[CLAIMED], release=["done"])
    assert blocking(handler, store=store, observe=records.append).outcome == "failed"
    assert store.asked == ["claim", "release"]
    assert records[0].code == "invalid_option"


def test_what_a_plain_function_gives_is_awaited() -> None:
    """Such as a lambda's coroutine; but neither a generator nor a coroutine's coroutine."""
    ran = Mock()

    async def handle(event: Any) -> None:
        await asyncio.sleep(0)
        ran(event)

    assert awaited(hidden(handle)).outcome == "handled"
    ran.assert_called_once()
    assert awaited(hidden(asynchronous_generator)).outcome == "failed"
    assert awaited(AsyncMock(return_value=coroutine(None))).outcome == "failed"


@pytest.mark.parametrize("handler", [generator, asynchronous_generator, None, 7, lambda: None, lambda a, b, c: a])  # noqa: ARG005
@BOTH
def test_what_is_no_handler(deliver: Any, handler: Any) -> None:
    """Nothing would ever run, so it is refused beforehand."""
    with pytest.raises(ConfigError, match="a handler that is a function"):
        deliver(handler)


def only_event(event: Any) -> Any:
    """Take the event alone."""
    return [event]


def both(event: Any, context: Any) -> Any:
    """Take both."""
    return [event, context]


def perhaps(event: Any, context: Any = None) -> Any:
    """Take the event alone: what has a default has it for a reason."""
    return [event, context]


class Handlers:
    """Methods."""

    def bound(self, event: Any, context: Any) -> Any:
        """Take both."""
        return [event, context]


@pytest.mark.parametrize(
    ("handler", "arguments"),
    [
        (only_event, 1),
        (both, 2),
        (perhaps, 1),
        (partial(both, "more"), 1),
        (Handlers().bound, 2),
        (lambda *given: list(given), 2),
        (lambda event, *, option=None: [event], 1),  # noqa: ARG005
    ],
)
@BOTH
def test_a_handler_gets_as_much_as_it_takes(deliver: Any, handler: Any, arguments: int) -> None:
    """The event, and the context where nothing else is for its second parameter."""
    got: list[Any] = []

    def spied(*given: Any) -> None:
        got.extend(handler(*given))

    spied.__wrapped__ = handler  # type: ignore[attr-defined]
    assert deliver(spied).outcome == "handled"
    assert got[-1] == Context(None) if arguments == 2 else Context(None) not in got


@BOTH
def test_the_context_has_the_transaction(deliver: Any) -> None:
    """Where there is one."""
    handler = Mock()
    store = Transactional(Session(claim=[CLAIMED], complete=["done"]))
    assert deliver(handler, store=store).outcome == "handled"
    [(event, context)] = [call.args for call in handler.call_args_list]
    assert (event.id, context.tx) == ("evt_1", "a transaction")


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"store": None}, "a store among"),
        ({"store": MemoryStore}, "a store among"),
        ({"store": object()}, "a store among"),
        ({"observe": "x"}, "a function for each of the callbacks"),
        ({"observe": coroutine}, "a function for each of the callbacks"),
        ({"key": 7}, "a function for each of the callbacks"),
        ({"on_invalid": object()}, "a function for each of the callbacks"),
        ({"retries": 3}, "no options but"),
        ({"max_payload": 0}, "a payload limit"),
        ({"max_payload": "1"}, "a payload limit"),
        ({"max_payload": 2**24 + 1}, "a payload limit"),
        ({"deadline": 9}, "a deadline"),
        ({"deadline": timedelta(0)}, "a deadline"),
        ({"deadline": -HOUR}, "a deadline"),
        ({"deadline": timedelta.max}, "a lease"),
        ({"lease": timedelta(seconds=9)}, "a lease"),
        ({"lease": timedelta(hours=25)}, "a lease"),
        ({"lease": float("nan")}, "a lease"),
        ({"retention": timedelta(seconds=1)}, "a retention"),
        ({"retention": timedelta.max}, "a retention"),
        ({"max_age": HOUR}, "a maximum age"),
        ({"max_age": 73 * HOUR}, "a maximum age"),
        ({"max_age": "48h"}, "a maximum age"),
    ],
    ids=str,
)
@BOTH
def test_options_that_cannot_work(deliver: Any, options: Any, expected: str) -> None:
    """Are refused at construction."""
    with pytest.raises(ConfigError, match=f"^expected {expected}") as caught:
        deliver(**options)
    assert caught.value.code == "invalid_option"


def test_what_is_no_webhook_and_no_store_for_blocking_calls() -> None:
    """Is refused at construction too."""
    with pytest.raises(ConfigError, match="a Webhook"):
        Receiver("loop", print, store=MemoryStore())  # type: ignore[arg-type]
    for store in (AsyncScripted(Scripted()), AsyncTransactional(Session())):
        with pytest.raises(ConfigError, match="a store without coroutine"):
            Receiver(WEBHOOK, print, store=store)  # type: ignore[arg-type]


@BOTH
def test_options_that_are_none_are_not_given(deliver: Any) -> None:
    """So that a wrapper can pass them on."""
    names = ("max_payload", "deadline", "lease", "retention", "max_age", "on_invalid", "observe", "key")
    assert deliver(**dict.fromkeys(names)).outcome == "handled"


@BOTH
def test_the_age_of_an_event(deliver: Any) -> None:
    """Counts from its signed time."""
    for age, outcome in ((47 * HOUR, "handled"), (49 * HOUR, "stale")):
        at = (datetime.now(UTC) - age).isoformat()
        body = f'{{"type":"protocol.started","occurred_at":"{at}"}}'.encode()
        assert deliver(body=body, max_age=48 * HOUR).outcome == outcome


def test_a_store_is_asked_in_whole_ms() -> None:
    """And each delivery has a token of its own, under which it completes what it claimed."""
    store = Mock(spec=MemoryStore)
    store.claim.return_value, store.complete.return_value = CLAIMED, "done"
    lease, retention = timedelta(seconds=10), timedelta(days=3)
    for _ in range(2):
        assert blocking(store=store, lease=lease, retention=retention).outcome == "handled"
    tokens = set()
    for claim, complete in zip(store.claim.call_args_list, store.complete.call_args_list, strict=True):
        (key, token, ms, now), (*same, kept, later) = claim.args, complete.args
        assert (key, ms, kept, same) == ("loop:id:evt_1", 10_000, 259_200_000, [key, token])
        assert abs(now - datetime.now(UTC).timestamp() * 1000) < 60_000
        assert later >= now
        tokens.add(token)
    assert len(tokens) == 2


variable: ContextVar[str] = ContextVar("variable")


def test_plain_functions_run_in_threads_with_context_variables() -> None:
    """A handler, a callback and a store that may block do not block the loop; a memory store cannot."""
    seen: list[Any] = []
    here = threading.get_ident()

    def note(*_: Any) -> str:
        seen.append((threading.get_ident() == here, variable.get()))
        return "done"

    variable.set("of the request")
    store = Mock(spec=MemoryStore, claim=lambda *_: (note(), CLAIMED)[1], complete=note)
    assert awaited(note, store=store, key=note).outcome == "handled"
    assert awaited(note, body=b"{}", on_invalid=note).outcome == "ignored"
    assert seen == [(False, "of the request")] * 5


async def read(_: int) -> bytes:
    """Give the body at once."""
    return BODY


async def eventually(condition: Callable[[], bool]) -> None:
    """Wait until it holds."""
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("blocks", [False, True], ids=["awaited", "in a thread"])
@pytest.mark.parametrize("fails", [False, True])
def test_the_deadline_does_not_stop_the_handler(blocks: bool, fails: bool) -> None:  # noqa: FBT001
    """The sender has its answer, a late success completes, a late failure releases; and both are told."""
    records: list[Record] = []
    store = MemoryStore()
    thread_may_end = threading.Event()
    failure = ValueError("mine")

    def handle(_: Any) -> None:
        thread_may_end.wait(10)
        if fails:
            raise failure

    async def handle_async(event: Any) -> None:
        await asyncio.to_thread(handle, event)

    async def main() -> None:
        handler = handle if blocks else handle_async
        deadline = timedelta(milliseconds=50)
        receiver = AsyncReceiver(WEBHOOK, handler, store=store, deadline=deadline, observe=records.append)
        assert await receiver.deliver("POST", signed(), read) == _hookseal.reply("timed_out")
        assert (await receiver.deliver("POST", signed(), read)).outcome == "in_progress"
        thread_may_end.set()
        await eventually(lambda: len(records) == 3)
        again = await receiver.deliver("POST", signed(), read)
        assert again.outcome == ("failed" if fails else "duplicate")

    asyncio.run(main())
    told = [(record.outcome, record.status) for record in records]
    end = ("failed", 500) if fails else ("handled", 200)
    assert told[:3] == [("timed_out", 503), ("in_progress", 409), end]
    assert records[2].error is (failure if fails else None)
    assert records[2].key == KEY


def test_the_end_of_the_request_does_not_stop_the_handler() -> None:
    """A client that is gone does not undo what it sent."""
    store, records = MemoryStore(), list[Record]()

    async def main() -> None:
        started, may_end = asyncio.Event(), asyncio.Event()

        async def handle(_: Any) -> None:
            started.set()
            await may_end.wait()

        receiver = AsyncReceiver(WEBHOOK, handle, store=store, observe=records.append)
        request = asyncio.create_task(receiver.deliver("POST", signed(), read))
        await started.wait()
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
        may_end.set()
        await eventually(lambda: bool(records))

    asyncio.run(main())
    assert [record.outcome for record in records] == ["handled"]
    assert store.claim("loop:id:evt_1", "token", 1, 0).state == "completed"


def one_thread() -> ThreadPoolExecutor:
    """Leave asyncio with a single thread for all that blocks."""
    threads = ThreadPoolExecutor(1)
    asyncio.get_running_loop().set_default_executor(threads)
    return threads


def starved(handler: Any, records: list[Record]) -> tuple[AsyncReceiver, threading.Event]:
    """Give a receiver whose handler finds the only thread taken, and what sets that free."""
    may_end = threading.Event()
    one_thread().submit(may_end.wait, 10)
    deadline = timedelta(milliseconds=50)
    return AsyncReceiver(WEBHOOK, handler, store=MemoryStore(), deadline=deadline, observe=records.append), may_end


def test_a_handler_that_gets_no_thread_by_the_deadline_does_not_begin() -> None:
    """It might begin after its lease, beside the handler of the retry."""
    records: list[Record] = []
    handler = Mock(return_value=None)

    async def main() -> None:
        receiver, may_end = starved(handler, records)
        assert (await receiver.deliver("POST", signed(), read)).outcome == "timed_out"
        may_end.set()
        await eventually(lambda: len(records) == 2)
        handler.assert_not_called()
        assert (await receiver.deliver("POST", signed(), read)).outcome == "handled"

    asyncio.run(main())
    assert [record.outcome for record in records] == ["timed_out", "failed", "handled"]
    assert isinstance(records[1].error, TimeoutError)


def test_the_end_of_the_request_does_not_stop_the_deadline() -> None:
    """Else a handler that waits for a thread might begin after its lease."""
    records: list[Record] = []
    handler = Mock(return_value=None)

    async def main() -> None:
        receiver, may_end = starved(handler, records)
        request = asyncio.create_task(receiver.deliver("POST", signed(), read))
        await asyncio.sleep(0.01)
        request.cancel()
        await eventually(lambda: len(records) == 1)
        may_end.set()
        await eventually(lambda: len(records) == 2)

    asyncio.run(main())
    assert [record.outcome for record in records] == ["timed_out", "failed"]
    handler.assert_not_called()


def test_a_body_that_stalls_is_waited_for_by_nobody() -> None:
    """Whoever reads may never see the end of it."""

    async def main() -> None:
        async def stalls(_: int) -> bytes:
            await asyncio.Event().wait()
            return b""

        receiver = AsyncReceiver(WEBHOOK, print, store=MemoryStore(), deadline=timedelta(milliseconds=50))
        assert (await receiver.deliver("POST", signed(), stalls)).outcome == "unread"
        await eventually(lambda: len(asyncio.all_tasks()) == 1)

    asyncio.run(main())


def test_a_store_that_hangs_keeps_out_no_other_receiver() -> None:
    """However many deliveries wait for it."""
    may_end = threading.Event()

    def hangs(*_: Any) -> Claim:
        may_end.wait(10)
        return Claim("in_progress")

    async def main() -> Reply:
        other: Any = Mock(claim=hangs, begin=None)
        hanging = AsyncReceiver(WEBHOOK, print, store=other, deadline=timedelta(milliseconds=50))
        await asyncio.gather(*(hanging.deliver("POST", signed(), read) for _ in range(100)))
        store: Any = Scripted(claim=[CLAIMED], complete=["done"])
        reply = await AsyncReceiver(WEBHOOK, print, store=store).deliver("POST", signed(), read)
        may_end.set()
        return reply

    assert asyncio.run(main()).outcome == "handled"


@pytest.mark.parametrize("fails", [False, True])
def test_the_end_of_a_claim_waits_for_no_handlers(fails: bool) -> None:  # noqa: FBT001
    """Else the lease might pass meanwhile."""

    async def main() -> None:
        threads, may_end = one_thread(), threading.Event()

        def handle(_: Any) -> None:
            threads.submit(may_end.wait, 10)
            if fails:
                raise DOWN

        store: Any = Scripted(claim=[CLAIMED], complete=["done"], release=["done"])
        deadline = timedelta(seconds=5)
        reply = await AsyncReceiver(WEBHOOK, handle, store=store, deadline=deadline).deliver("POST", signed(), read)
        may_end.set()
        assert reply.outcome == ("failed" if fails else "handled")

    asyncio.run(main())


@pytest.mark.parametrize(
    ("stalls", "outcome", "rest"),
    [
        ("read", "unread", None),
        ("key", "timed_out", "timed_out"),
        ("claim", "store_failed", "store_failed"),
        ("complete", "timed_out", "handled"),
        ("release", "failed", "failed"),
    ],
)
def test_the_deadline_at_each_other_step(stalls: str, outcome: str, rest: str | None) -> None:
    """A sender that stalls, a store that does, and a handler that must not run behind the sender's back."""
    records: list[Record] = []
    asked: list[str] = []
    handler = AsyncMock(side_effect=DOWN if stalls == "release" else None)

    async def main() -> None:
        may_end = asyncio.Event()

        async def at(step: str, value: Any, *_: Any) -> Any:
            asked.append(step)
            await asyncio.sleep(0)
            if step == stalls:
                await may_end.wait()
            return value

        store: Any = Mock(
            spec=MemoryStore,
            claim=partial(at, "claim", CLAIMED),
            complete=partial(at, "complete", "done"),
            release=partial(at, "release", "done"),
        )
        receiver = AsyncReceiver(
            WEBHOOK,
            handler,
            store=store,
            key=partial(at, "key", "mine"),
            observe=records.append,
            deadline=timedelta(milliseconds=50),
        )
        reply = await receiver.deliver("POST", signed(), partial(at, "read", BODY))
        assert reply.outcome == outcome
        may_end.set()
        await eventually(lambda: len(asyncio.all_tasks()) == 1)

    asyncio.run(main())
    assert [record.outcome for record in records] == [outcome, *([rest] if rest else [])]
    assert handler.called == (stalls in {"complete", "release"})
    assert ("release" in asked) == (stalls in {"claim", "release"})


def test_of_many_deliveries_at_once_one_is_handled() -> None:
    """In one loop, and in threads."""
    handled = Mock(side_effect=lambda *_: threading.Event().wait(0.1))

    async def main() -> list[Reply]:
        receiver = AsyncReceiver(WEBHOOK, handled, store=MemoryStore())
        return await asyncio.gather(*(receiver.deliver("POST", signed(), read) for _ in range(20)))

    outcomes = sorted(reply.outcome for reply in asyncio.run(main()))
    assert outcomes == ["handled"] + ["in_progress"] * 19
    handled.assert_called_once()


def test_frameworks_are_told_of_what_the_users_code_raises() -> None:
    """While it is being handled, so that a framework finds it; what they do then changes nothing."""
    caught: list[Any] = []

    def note(error: Exception) -> None:
        caught.extend([error, sys.exc_info()[1]])
        raise OSError

    cases: list[tuple[Exception, dict[str, Any]]] = [
        (ValueError(), {"handler": Mock(side_effect=ValueError)}),
        (KeyError(), {"handler": print, "key": Mock(side_effect=KeyError)}),
        (DOWN, {"handler": print, "store": Scripted(claim=[DOWN])}),
    ]
    for failure, options in cases:
        receiver = Receiver(WEBHOOK, **{"store": MemoryStore(), **options})
        receiver.deliver("POST", signed(), lambda _: BODY, caught=note)
        assert [type(error) for error in caught] == ([] if failure is DOWN else [type(failure)] * 2)
        caught.clear()


def test_outcomes_are_the_cores() -> None:
    """Each that the types name, and what the core makes of it."""
    for outcome in get_args(Outcome):
        reply = _hookseal.reply(outcome)
        assert (reply.outcome, reply.body) == (outcome, outcome)
        assert reply.well == (outcome in {"handled", "duplicate"})


@pytest.mark.parametrize(
    ("wait", "after"), [(1, "1"), (1001, "2"), (30_000, "30"), (-5, "1"), (2**70, "1"), (None, "1")]
)
def test_when_to_come_again(wait: Any, after: str) -> None:
    """In whole seconds, rounded up; and at least one, whatever a store says."""
    assert ("Retry-After", after) in _hookseal.reply("in_progress", wait).headers
