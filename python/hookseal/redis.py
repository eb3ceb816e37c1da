"""The store for many machines: Redis, or a cluster of it, by way of redis-py. Install ``hookseal[redis]``."""

import asyncio
import logging
from contextlib import suppress
from threading import Lock, Thread
from typing import Any, Literal, Protocol, cast

from hookseal import _hookseal
from hookseal.store import Claim

__all__ = ["AsyncRedisStore", "RedisStore"]

logger = logging.getLogger("hookseal")

CLAIM, COMPLETE, RELEASE, INFO = _hookseal.redis_scripts()


class Client(Protocol):
    """What is needed of a ``redis.Redis``, a ``redis.RedisCluster``, or one of their asynchronous twins."""

    def eval(self, script: str, numkeys: int, /, *keys_and_args: str | int) -> object:
        """Run a script."""
        ...


class RedisStore:
    """Claims with a lease, in Redis or a cluster of it: one script a call, and one key a call.

    ``name`` is the receiver's own, of 1 to 64 letters, digits, ``.``, ``-`` and ``_``: receivers that share a Redis
    must not share one. Give the client a ``socket_timeout`` and few retries, which end before the deadline.

    Where Redis is set up so that it may evict or forget keys, the logger ``hookseal`` warns, once.

    >>> from hookseal.redis import RedisStore
    >>> from redis import Redis
    >>> from redis.backoff import NoBackoff
    >>> from redis.retry import Retry
    >>> client = Redis.from_url("redis://localhost", socket_timeout=2, retry=Retry(NoBackoff(), 1))
    >>> store = RedisStore(client, name="reports")

    Raises ConfigError: ``invalid_option``.
    """

    def __init__(self, client: Client, *, name: str) -> None:
        """Check the name, before a delivery can meet a mistake of ours."""
        self._client, self._name = _checked(client, name)
        self._asked = Lock()

    def claim(self, key: str, token: str, lease: int, now: int) -> Claim:
        """Claim a key until ``now + lease`` ms, unless somebody else's claim holds it or it was completed."""
        stored = _hookseal.stored_key(self._name, key)
        if self._asked.acquire(blocking=False):
            # Beside the claim, which it must neither delay nor fail.
            Thread(target=self._warn, args=(stored,), daemon=True).start()
        return _claimed(token, self._client.eval(CLAIM, 1, stored, token, now + lease, now))

    def complete(self, key: str, token: str, retention: int, now: int) -> Literal["done", "lost"]:
        """Remember a claimed key as completed until ``now + retention`` ms; ``lost`` where it is another's by now."""
        stored = _hookseal.stored_key(self._name, key)
        return "done" if self._client.eval(COMPLETE, 1, stored, token, now + retention, now) else "lost"

    def release(self, key: str, token: str) -> Literal["done", "lost"]:
        """Give a claimed key back, so that the next claim gets it; ``lost`` where it is another's by now."""
        return "done" if self._client.eval(RELEASE, 1, _hookseal.stored_key(self._name, key), token) else "lost"

    def _warn(self, stored: str) -> None:
        # A Redis that does not say how it is set up is not asked again.
        with suppress(Exception):
            _tell(self._client.eval(INFO, 1, stored))


class AsyncRedisStore:
    """``RedisStore`` for code that awaits, with a client of ``redis.asyncio``.

    >>> from hookseal.redis import AsyncRedisStore
    >>> from redis.asyncio import Redis
    >>> store = AsyncRedisStore(Redis.from_url("redis://localhost", socket_timeout=2), name="reports")

    Raises ConfigError: ``invalid_option``.
    """

    def __init__(self, client: Client, *, name: str) -> None:
        """Check the name, before a delivery can meet a mistake of ours."""
        self._client, self._name = _checked(client, name)
        self._asking: asyncio.Task[None] | None = None

    async def claim(self, key: str, token: str, lease: int, now: int) -> Claim:
        """Claim a key until ``now + lease`` ms, unless somebody else's claim holds it or it was completed."""
        stored = _hookseal.stored_key(self._name, key)
        if self._asking is None:
            # Beside the claim, which it must neither delay nor fail.
            self._asking = asyncio.create_task(self._warn(stored))
        return _claimed(token, await self._eval(CLAIM, stored, token, now + lease, now))

    async def complete(self, key: str, token: str, retention: int, now: int) -> Literal["done", "lost"]:
        """Remember a claimed key as completed until ``now + retention`` ms; ``lost`` where it is another's by now."""
        stored = _hookseal.stored_key(self._name, key)
        return "done" if await self._eval(COMPLETE, stored, token, now + retention, now) else "lost"

    async def release(self, key: str, token: str) -> Literal["done", "lost"]:
        """Give a claimed key back, so that the next claim gets it; ``lost`` where it is another's by now."""
        return "done" if await self._eval(RELEASE, _hookseal.stored_key(self._name, key), token) else "lost"

    async def _warn(self, stored: str) -> None:
        # A Redis that does not say how it is set up is not asked again.
        with suppress(Exception):
            _tell(await self._eval(INFO, stored))

    async def _eval(self, script: str, stored: str, *arguments: str | int) -> object:
        answer: Any = self._client.eval(script, 1, stored, *arguments)
        return await answer


def _checked(client: Client, name: str) -> tuple[Client, str]:
    _hookseal.check_name(name)
    if not callable(getattr(client, "eval", None)):
        raise _hookseal.wanted("client")
    return client, name


def _claimed(token: str, row: object) -> Claim:
    by, state, until = map(_text, cast("list[object]", row))
    return _hookseal.claimed(token, by, state, int(until))


def _tell(info: object) -> None:
    for warning in _hookseal.redis_warnings(_text(info)):
        logger.warning("%s", warning)


def _text(answer: object) -> str:
    """Read what a client decodes or does not, as it was told to."""
    return answer.decode() if isinstance(answer, bytes) else str(answer)
