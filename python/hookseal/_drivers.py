"""What makes the calls of a delivery: one where calls block, one where they are awaited."""

import asyncio
from asyncio import CancelledError
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from inspect import isasyncgen, isawaitable, iscoroutine, isgenerator
from typing import Any, TypeAlias, cast

from hookseal._delivery import Call, Delivery, Settling, Waiting
from hookseal._hookseal import MemoryStore, wanted
from hookseal.options import is_async
from hookseal.reply import Reply

Attempt: TypeAlias = tuple[object, Exception | None]
"""What a call gave, and what it raised: as values, because a StopIteration cannot be raised out of a thread."""

NONE_YET: Attempt = (None, None)

Threads: TypeAlias = dict[type[Call], ThreadPoolExecutor]
"""Those for the calls of one kind. All others have asyncio's own."""


def own_threads() -> Threads:
    """Make one receiver's, which start when they are needed.

    In asyncio's own, claims would keep out the handler that they wait for, and handlers the end of a claim. A store
    that hangs must not keep out other receivers either.
    """
    return {Waiting: ThreadPoolExecutor(MOST, "hookseal-claim"), Settling: ThreadPoolExecutor(MOST, "hookseal-settle")}


MOST = 32
"""As many as asyncio's own on a machine of many processors."""


def drive(delivery: Delivery) -> Reply:
    """Make each call here and now, until the delivery has ended."""
    calls, attempt = delivery.run(), NONE_YET
    try:
        while True:
            attempt = _settled(*_attempt(_next(calls, attempt)))
    except StopIteration as end:
        return cast("Reply", end.value)
    except BaseException:
        delivery.give_back()
        raise


async def drive_async(delivery: Delivery, threads: Threads) -> Reply:
    """Await what can be awaited, and let what may block run in a thread, with the context variables of here and now."""
    calls, attempt = delivery.run(), NONE_YET
    try:
        while True:
            attempt = _settled(*await _attempt_async(_next(calls, attempt), delivery, threads))
    except StopIteration as end:
        return cast("Reply", end.value)


def _next(calls: Generator[Call, Any, Any], attempt: Attempt) -> Call:
    given, raised = attempt
    return calls.send(given) if raised is None else calls.throw(raised)


def _attempt(call: Callable[[], object]) -> Attempt:
    try:
        return call(), None
    except Exception as error:  # noqa: BLE001
        return None, error
    except CancelledError as error:
        return None, _cancelled(error)


async def _attempt_async(call: Call, delivery: Delivery, threads: Threads) -> Attempt:
    # A memory store takes no time to speak of.
    at_once = is_async(call.func) or isinstance(getattr(call.func, "__self__", None), MemoryStore)
    try:
        given, raised = _attempt(call) if at_once else await _in_thread(call, delivery, threads)
        return (await given if isawaitable(given) else given), raised
    except Exception as error:  # noqa: BLE001
        return None, error
    except CancelledError as error:
        if (task := asyncio.current_task()) and task.cancelling():
            raise
        return None, _cancelled(error)


def _cancelled(error: CancelledError) -> Exception:
    """Make an exception of what is none: not the delivery was cancelled, but something that it awaited."""
    failure = RuntimeError("what was awaited had been cancelled")
    failure.__cause__ = error
    return failure


async def _in_thread(call: Call, delivery: Delivery, threads: Threads) -> Attempt:
    def attempt() -> Attempt:
        return _attempt(call) if isinstance(call, Settling) or not delivery.late else (None, TimeoutError(NO_THREAD))

    return await asyncio.get_running_loop().run_in_executor(threads.get(type(call)), copy_context().run, attempt)


NO_THREAD = "no thread was free before the deadline: make it a coroutine function, or give asyncio more threads"


def _settled(given: object, raised: Exception | None) -> Attempt:
    """Refuse what has run nothing yet, and never will: what a generator function gives, or what nobody awaits."""
    if not (isawaitable(given) or isgenerator(given) or isasyncgen(given)):
        return given, raised
    if iscoroutine(given):
        given.close()
    return None, wanted("sync_handler")
