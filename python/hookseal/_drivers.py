"""What makes the calls of a delivery: one where calls block, one where they are awaited."""

import asyncio
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from inspect import isasyncgen, isawaitable, iscoroutine, isgenerator
from typing import Any, TypeAlias, TypeVar, cast

from hookseal._delivery import Call, Waiting
from hookseal._hookseal import MemoryStore, wanted
from hookseal.options import is_async

T = TypeVar("T")

Attempt: TypeAlias = tuple[object, Exception | None]
"""What a call gave, and what it raised: as values, because a StopIteration cannot be raised out of a thread."""

NONE_YET: Attempt = (None, None)


def drive(calls: Generator[Call, Any, T]) -> T:
    """Make each call here and now, until the delivery has ended."""
    attempt = NONE_YET
    try:
        while True:
            attempt = _settled(*_attempt(_next(calls, attempt)))
    except StopIteration as end:
        return cast("T", end.value)


async def drive_async(calls: Generator[Call, Any, T]) -> T:
    """Await what can be awaited, and let what may block run in a thread, with the context variables of here and now."""
    attempt = NONE_YET
    try:
        while True:
            attempt = _settled(*await _attempt_async(_next(calls, attempt)))
    except StopIteration as end:
        return cast("T", end.value)


def _next(calls: Generator[Call, Any, Any], attempt: Attempt) -> Call:
    given, raised = attempt
    return calls.send(given) if raised is None else calls.throw(raised)


def _attempt(call: Callable[[], object]) -> Attempt:
    try:
        return call(), None
    except Exception as error:  # noqa: BLE001
        return None, error


async def _attempt_async(call: Call) -> Attempt:
    # A memory store takes no time to speak of.
    at_once = is_async(call.func) or isinstance(getattr(call.func, "__self__", None), MemoryStore)
    try:
        given, raised = _attempt(call) if at_once else await _in_thread(call)
        return (await given if isawaitable(given) else given), raised
    except Exception as error:  # noqa: BLE001
        return None, error


async def _in_thread(call: Call) -> Attempt:
    threads = CLAIMING if isinstance(call, Waiting) else None
    return await asyncio.get_running_loop().run_in_executor(threads, copy_context().run, _attempt, call)


CLAIMING = ThreadPoolExecutor(thread_name_prefix="hookseal-claim")
"""Claims wait in threads of their own: in asyncio's, they would keep out the handler that they wait for."""


def _settled(given: object, raised: Exception | None) -> Attempt:
    """Refuse what has run nothing yet, and never will: what a generator function gives, or what nobody awaits."""
    if not (isawaitable(given) or isgenerator(given) or isasyncgen(given)):
        return given, raised
    if iscoroutine(given):
        given.close()
    return None, wanted("sync_handler")
