"""What the stores in Redis promise beyond the contract."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
import redis
import redis.asyncio
from hookseal import Claim
from hookseal.redis import AsyncRedisStore, RedisStore
from stores.driving import NOW, Blocking, at_once, new_id, wait
from stores.engines import async_client, client
from stores.services import Redis, eventually


@pytest.fixture(scope="module")
def forgetful() -> Iterator[Redis]:
    """Start a Redis that may evict keys, and keeps none when it crashes."""
    service = Redis(appendonly="no", maxmemory="10mb", maxmemory_policy="allkeys-lru")
    yield service
    service.stop()


def a_store(url: str, *, awaited: bool) -> Any:
    """Give a store there."""
    if not awaited:
        return RedisStore(redis.Redis.from_url(url), name="warned")

    async def made() -> AsyncRedisStore:
        return AsyncRedisStore(redis.asyncio.Redis.from_url(url), name="warned")

    return Blocking(wait(made()))


@pytest.mark.parametrize("awaited", [False, True])
def test_a_redis_that_may_forget_is_warned_of(
    forgetful: Redis, caplog: pytest.LogCaptureFixture, *, awaited: bool
) -> None:
    """Once, however many claims come at once."""
    store = a_store(forgetful.url, awaited=awaited)
    with caplog.at_level(logging.WARNING, "hookseal"):
        claims = at_once(lambda key: store.claim(key, new_id(), 1000, NOW), [new_id() for _ in range(16)])
        eventually(lambda: len(caplog.messages) == 2)
        store.claim(new_id(), "a", 1000, NOW)
    assert claims == [Claim("claimed")] * 16
    assert [message[:23] for message in caplog.messages] == ["redis may evict keys, a", "redis forgets what it h"]


@pytest.mark.parametrize("awaited", [False, True])
def test_a_redis_that_does_not_say_how_it_is_set_up(caplog: pytest.LogCaptureFixture, *, awaited: bool) -> None:
    """Serves all the same, and nobody is warned."""

    class Silent:
        """A client that may not ask."""

        def eval(self, script: str, numkeys: int, *rest: str | int) -> Any:
            asked.append(script)
            if "INFO" in script:
                raise redis.ResponseError
            return real.eval(script, numkeys, *rest)

    asked: list[str] = []
    real = async_client() if awaited else client()
    own = (AsyncRedisStore if awaited else RedisStore)(Silent(), name="silent")
    store, key = Blocking(own), new_id()
    assert [store.claim(key, token, 1000, NOW).state for token in "ab"] == ["claimed", "in_progress"]
    eventually(lambda: len(asked) == 3)
    assert caplog.messages == []


def test_a_key_goes_away_by_itself() -> None:
    """A minute after what it says has expired."""
    store, key = RedisStore(client(), name="expiry"), new_id()
    store.claim(key, "a", 1000, NOW)
    assert 60_000 < client().pttl(f"expiry:{key}") <= 61_000
    store.complete(key, "a", 5000, NOW)
    assert 64_000 < client().pttl(f"expiry:{key}") <= 65_000
