"""What a receiver is made of: what its user may set, and what it must be given."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from inspect import Parameter, isasyncgenfunction, iscoroutinefunction, isgeneratorfunction, signature
from typing import Any, NamedTuple, TypeAlias, TypedDict

from hookseal._hookseal import Webhook, check_options, wanted
from hookseal.errors import EventError
from hookseal.events import AnyEvent
from hookseal.record import Record
from hookseal.store import AsyncStore, AsyncTransactional, Store, Transactional


@dataclass(frozen=True, slots=True)
class Context:
    """What a handler gets beside the event. Its repr shows nothing of it."""

    tx: Any = field(default=None, repr=False)
    """The delivery's transaction, where the store is transactional."""


Handler: TypeAlias = Callable[[AnyEvent], object] | Callable[[AnyEvent, Context], object]
"""The user's own code. What it returns is ignored; what it raises makes the sender try again."""

SyncStore: TypeAlias = Store | Transactional
"""What a receiver takes where nothing can be awaited."""

AnyStore: TypeAlias = SyncStore | AsyncStore | AsyncTransactional
"""Any store that a receiver takes."""


class Options(TypedDict, total=False):
    """How a receiver goes about a delivery. The defaults, and what must hold between them, are the core's."""

    max_payload: int | None
    """The most bytes of a payload: 1 MiB, unless told, and 16 MiB at the most."""
    deadline: timedelta | None
    """How long the sender waits at the most, from when the delivery arrived: 9 s, because GlycanAge waits 10 s.

    A synchronous server cannot tell: there, the sender waits until the handler has returned.
    """
    lease: timedelta | None
    """How long a claim holds when nobody completes or releases it: 30 s. It must exceed the deadline."""
    retention: timedelta | None
    """How long a completed key is remembered: 72 h. Loop's last retry comes 26 h 36 min after the first delivery."""
    max_age: timedelta | None
    """How old an event's signed time may be: any, unless told.

    It must not be below the provider's last retry, nor above the retention. Events without a signed time are refused.
    """
    on_invalid: Callable[[EventError, bytes], object] | None
    """Gets what is authentic but not understood: the error, and the payload.

    Without it, the sender gets a 422 and tries again; with it, a 200 once it has returned.
    """
    observe: Callable[[Record], object] | None
    """Gets one record a delivery, for logs and metrics; a second one where a handler ends after its deadline.

    It must return at once. Without it, what went wrong goes to the logger ``hookseal``, but no message of exceptions
    of others than hookseal: that may come from a payload.
    """
    key: Callable[[AnyEvent], str | Awaitable[str]] | None
    """The key of an event, for those who know better than the default, which is its id or its payload's hash."""


class Limits(NamedTuple):
    """The options that are numbers, checked."""

    max_payload: int
    """In bytes."""
    deadline: float
    """In seconds."""
    lease: int
    """In ms."""
    retention: int
    """In ms."""
    max_age: timedelta | None


class Settings(NamedTuple):
    """All that a receiver was made of, checked."""

    webhook: Webhook
    handler: Callable[..., object]
    takes_context: bool
    """Whether the handler gets the context too."""
    store: Any
    begins: bool
    """Whether the store is transactional."""
    on_invalid: Callable[[EventError, bytes], object] | None
    observe: Callable[[Record], object] | None
    key: Callable[[AnyEvent], object] | None
    limits: Limits


def settings(webhook: object, handler: object, store: object, options: dict[str, Any], *, awaits: bool) -> Settings:
    """Refuse what cannot work before a delivery can meet it; ``awaits`` is whether something here can await."""
    on_invalid, observe, key = callbacks = [options.get(name) for name in ("on_invalid", "observe", "key")]
    if not isinstance(webhook, Webhook):
        raise wanted("webhook")
    if not callable(handler) or isgeneratorfunction(handler) or isasyncgenfunction(handler):
        raise wanted("handler")
    if not _is_store(store):
        raise wanted("store")
    if not all(callback is None or callable(callback) for callback in callbacks) or is_async(observe):
        raise wanted("callback")
    if options.keys() - Options.__annotations__.keys():
        raise wanted("name")
    if not awaits and any(map(is_async, (handler, *callbacks))):
        raise wanted("sync_handler")
    if not awaits and any(is_async(getattr(store, name, None)) for name in ("begin", *METHODS)):
        raise wanted("sync_store")
    limits = check_options(webhook.provider, *(options.get(name) for name in Limits._fields))
    takes_context, begins = _takes_context(handler), _begins(store)
    return Settings(webhook, handler, takes_context, store, begins, on_invalid, observe, key, limits)


def is_async(function: object) -> bool:
    """Whether a call of it runs nothing until it is awaited, as far as can be told beforehand."""
    return iscoroutinefunction(function) or iscoroutinefunction(getattr(function, "__call__", None))  # noqa: B004


METHODS = ("claim", "complete", "release")


def _is_store(store: object) -> bool:
    """Whether it has what a store has: an object's, not a class's."""
    methods = [callable(getattr(store, name, None)) for name in METHODS]
    return not isinstance(store, type) and (_begins(store) or all(methods))


def _begins(store: object) -> bool:
    return callable(getattr(store, "begin", None))


def _takes_context(handler: Callable[..., object]) -> bool:
    """Whether it has a second parameter for it, one without a default; where nobody can tell, it gets both."""
    try:
        takes = signature(handler)
    except (TypeError, ValueError):
        return True
    if any(parameter.kind is Parameter.VAR_POSITIONAL for parameter in takes.parameters.values()):
        return True
    for arguments in (1, 2):
        with suppress(TypeError):
            takes.bind(*range(arguments))
            return arguments > 1
    raise wanted("handler")
