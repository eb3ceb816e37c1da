"""Stores that fail under a receiver: no handler runs without a claim, the sender hears so, and service resumes."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import redis
import redis.asyncio
from hookseal.redis import AsyncRedisStore, RedisStore
from hookseal.sql import (
    AsyncPostgresStore,
    AsyncPostgresTransactions,
    PostgresStore,
    PostgresTransactions,
    SqliteStore,
    SqliteTransactions,
)
from psycopg_pool import AsyncConnectionPool, ConnectionPool
from redis.backoff import NoBackoff
from redis.retry import Retry
from stores.driving import Blocking, Receiving, at_once, new_id, wait
from stores.engines import ready, where
from stores.services import Redis, Way, eventually


def verdict(receiving: Receiving, event: str) -> str:
    """Deliver, and say what came of it."""
    reply = receiving.deliver(event)
    return f"{reply.status} {reply.outcome}"


def is_well(receiving: Receiving, event: str) -> bool:
    """Deliver, and say whether that need not be done again."""
    return verdict(receiving, event) in {"200 handled", "200 duplicate"}


def refuses(receiving: Receiving, expected: str = "503 store_failed") -> list[str]:
    """Deliver ten events at once: each gets this verdict, and none is handled."""
    events = [new_id() for _ in range(10)]
    before = len(receiving.handled)
    assert at_once(lambda event: verdict(receiving, event), events) == [expected] * 10
    assert len(receiving.handled) == before
    return events


def resumes(receiving: Receiving, refused: list[str]) -> None:
    """Until a delivery is handled again; then the ones that were refused are too, each once. ``-rP`` shows the time."""
    back = time.monotonic()
    eventually(lambda: verdict(receiving, new_id()) == "200 handled")
    print(f"resumed after {(time.monotonic() - back) * 1000:.0f} ms")
    for event in refused:
        eventually(partial(is_well, receiving, event))
        assert receiving.handled.count(event) == 1


@contextmanager
def redis_store(url: str, *, awaited: bool, patience: float = 10) -> Iterator[Any]:
    """Give a store whose client gives up after this many seconds."""
    options: Any = {"socket_timeout": patience, "socket_connect_timeout": patience}
    if not awaited:
        with redis.Redis.from_url(url, retry=Retry(NoBackoff(), 0), **options) as client:
            yield RedisStore(client, name="faults")
        return

    async def made() -> Any:
        return redis.asyncio.Redis.from_url(url, retry=redis.asyncio.retry.Retry(NoBackoff(), 0), **options)

    own = wait(made())
    yield Blocking(AsyncRedisStore(own, name="faults"))
    wait(own.aclose())


@pytest.mark.parametrize("awaited", [False, True])
def test_redis_is_killed_and_comes_back(*, awaited: bool) -> None:
    """With ``appendonly`` it has forgotten nothing."""
    service, first = Redis(), new_id()
    with redis_store(service.url, awaited=awaited) as store:
        receiving = Receiving(store)
        assert verdict(receiving, first) == "200 handled"
        service.down()
        refused = refuses(receiving)
        service.up()
        resumes(receiving, refused)
        assert verdict(receiving, first) == "200 duplicate"
    service.stop()


@pytest.mark.parametrize("awaited", [False, True])
def test_redis_stops_in_its_tracks_and_goes_on(*, awaited: bool) -> None:
    """What it had been sent meanwhile holds a claim for nobody, until its lease has ended."""
    service = Redis()
    with redis_store(service.url, awaited=awaited, patience=0.3) as store:
        receiving = Receiving(store)
        assert verdict(receiving, new_id()) == "200 handled"
        service.pause()
        refuses(receiving)
        service.resume()
        resumes(receiving, [])
    service.stop()


def test_redis_is_out_of_memory_and_gets_some() -> None:
    """It claims nothing that it cannot keep."""
    service = Redis(appendonly="no", maxmemory_policy="noeviction")
    with redis.Redis.from_url(service.url) as own, redis_store(service.url, awaited=False) as store:
        receiving = Receiving(store)
        own.config_set("maxmemory", 1)
        refused = refuses(receiving)
        own.config_set("maxmemory", 0)
        resumes(receiving, refused)
    service.stop()


@pytest.mark.parametrize("transactional", [False, True])
@pytest.mark.parametrize("awaited", [False, True])
def test_postgres_is_out_of_reach_and_within_again(*, awaited: bool, transactional: bool) -> None:
    """By a pool, whose connections are all cut."""
    url, first = urlsplit(where("HOOKSEAL_POSTGRES")), new_id()
    way = Way(url.port or 5432)
    dsn = url._replace(netloc=f"{url.username}@127.0.0.1:{way.port}").geturl()
    options: Any = {"min_size": 1, "max_size": 20, "timeout": 0.5, "reconnect_timeout": 0.5}
    if awaited:

        async def opened() -> AsyncConnectionPool:
            own = AsyncConnectionPool(dsn, open=False, **options)
            await own.open()
            return own

        own: Any = wait(opened())
        made: Any = AsyncPostgresTransactions if transactional else AsyncPostgresStore
    else:
        own = ConnectionPool(dsn, open=True, **options)
        made = PostgresTransactions if transactional else PostgresStore
    store = ready(made(own.connection, name=f"faults-{transactional}-{awaited}"))

    receiving = Receiving(store)
    assert verdict(receiving, first) == "200 handled"
    way.down()
    refused = refuses(receiving)
    way.up()
    resumes(receiving, refused)
    assert verdict(receiving, first) == "200 duplicate"
    wait(own.close())
    way.down()


@pytest.mark.parametrize(
    ("made", "expected"), [(SqliteStore, "503 store_failed"), (SqliteTransactions, "409 in_progress")]
)
def test_sqlite_is_locked_and_then_it_is_not(made: Any, expected: str, tmp_path: Path) -> None:
    """By another process, say."""
    path = tmp_path / "claims.db"
    store = made(path, name="faults", lock_timeout=timedelta(milliseconds=20))
    store.setup()
    receiving = Receiving(store)
    assert verdict(receiving, new_id()) == "200 handled"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        refused = refuses(receiving, expected)
        other.execute("ROLLBACK")
    resumes(receiving, refused)
    store.close()


def test_sqlite_has_no_file_and_then_it_has(tmp_path: Path) -> None:
    """Nor a folder for it."""
    folder = tmp_path / "none"
    for made in (SqliteStore, SqliteTransactions):
        store = made(folder / made.__name__, name="faults")
        receiving = Receiving(store)
        refused = refuses(receiving)
        folder.mkdir(exist_ok=True)
        store.setup()
        resumes(receiving, refused)
        store.close()
        folder = tmp_path / "none either"
