"""Every store on the real engine, by the name of a test."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import redis.asyncio
from hookseal import MemoryStore
from hookseal.redis import AsyncRedisStore, RedisStore
from hookseal.sql import AsyncPostgresStore, PostgresStore, SqliteStore
from psycopg_pool import AsyncConnectionPool, ConnectionPool

from stores.driving import Blocking, wait

FOLDER = Path(tempfile.mkdtemp(prefix="hookseal-stores-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

DATABASE = FOLDER / "claims.db"


def where(name: str) -> str:
    """Say where a service is that xtask has started."""
    url = os.environ.get(name)
    if url is None:
        pytest.skip(f"{name} is not set: `cargo xtask test` does, by tests/npm/services/main.js")
    return url


@cache
def pool() -> ConnectionPool:
    """Give the connections that the tests share."""
    made = ConnectionPool(where("HOOKSEAL_POSTGRES"), min_size=1, max_size=64, open=True)
    atexit.register(made.close)
    return made


@cache
def async_pool() -> AsyncConnectionPool:
    """Give the connections that the tests share where they await."""

    async def opened() -> AsyncConnectionPool:
        made = AsyncConnectionPool(where("HOOKSEAL_POSTGRES"), min_size=1, max_size=64, open=False)
        await made.open()
        return made

    made: AsyncConnectionPool = wait(opened())
    atexit.register(lambda: wait(made.close()))
    return made


@cache
def client(*, decode: bool = False) -> Any:
    """Give a client of the one Redis."""
    return redis.Redis.from_url(where("HOOKSEAL_REDIS"), decode_responses=decode)


@cache
def async_client() -> Any:
    """Give one for those who await."""

    async def made() -> Any:
        return redis.asyncio.Redis.from_url(where("HOOKSEAL_REDIS"))

    return wait(made())


@cache
def cluster() -> Any:
    """Give a client of the cluster."""
    return redis.RedisCluster.from_url(where("HOOKSEAL_REDIS_CLUSTER").split(",")[0])


@cache
def async_cluster() -> Any:
    """Give one for those who await."""

    async def made() -> Any:
        return redis.asyncio.RedisCluster.from_url(where("HOOKSEAL_REDIS_CLUSTER").split(",")[0])

    return wait(made())


def ready(store: Any) -> Any:
    """Set a store up, and let its calls block."""
    store = Blocking(store)
    store.setup()
    return store


memory = cache(lambda name: MemoryStore())  # noqa: ARG005

STORES: dict[str, Callable[[str], Any]] = {
    "memory": memory,
    "SQLite": lambda name: ready(SqliteStore(DATABASE, name=name)),
    "PostgreSQL": lambda name: ready(PostgresStore(pool().connection, name=name)),
    "PostgreSQL, awaited": lambda name: ready(AsyncPostgresStore(async_pool().connection, name=name)),
    "Redis": lambda name: RedisStore(client(), name=name),
    "Redis, decoded": lambda name: RedisStore(client(decode=True), name=name),
    "Redis, awaited": lambda name: Blocking(AsyncRedisStore(async_client(), name=name)),
    "a Redis cluster": lambda name: RedisStore(cluster(), name=name),
    "a Redis cluster, awaited": lambda name: Blocking(AsyncRedisStore(async_cluster(), name=name)),
}
"""Each gives a store of a name, on one and the same place."""
