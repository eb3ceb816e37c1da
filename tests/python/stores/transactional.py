"""Every transactional store on the real engine, by the name of a test, with an effect to be had in it."""

import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import sqlalchemy
from django.db import connections, transaction
from hookseal.sql import (
    AsyncPostgresTransactions,
    AsyncTransactions,
    Execute,
    PostgresTransactions,
    SqliteTransactions,
    Transactions,
)
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from stores.engines import DATABASE, FOLDER, async_pool, pool, ready, where

DJANGO, ALCHEMY = FOLDER / "django.db", FOLDER / "alchemy.db"

_postgres = urlsplit(os.environ.get("HOOKSEAL_POSTGRES", ""))
DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DJANGO},
    "postgres": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": _postgres.hostname,
        "PORT": _postgres.port,
        "USER": _postgres.username,
        "NAME": _postgres.path[1:],
    },
}
"""For Django, which has one configuration a process."""

EFFECTS = "CREATE TABLE IF NOT EXISTS effects (id text NOT NULL)"


class Engine(NamedTuple):
    """A database, and a way to write to it."""

    make: Callable[[str], Any]
    """Gives a store of a name."""
    write: Callable[[Any, str], Any]
    """Does what a handler does, by its transaction."""
    count: Callable[[str], int]
    """How often that has happened, as others see it."""


def on_sqlite(path: Path, make: Callable[[str], Any], write: Callable[[Any, str], Any]) -> Engine:
    """Count what is in a file."""

    def made(name: str) -> Any:
        with closing(sqlite3.connect(path)) as own:
            own.execute(EFFECTS)
        return ready(make(name))

    def count(effect: str) -> int:
        with closing(sqlite3.connect(path)) as own:
            return int(own.execute("SELECT count(*) FROM effects WHERE id = ?", [effect]).fetchone()[0])

    return Engine(made, write, count)


def on_postgres(make: Callable[[str], Any], write: Callable[[Any, str], Any]) -> Engine:
    """Count what is in PostgreSQL."""

    def made(name: str) -> Any:
        with pool().connection() as own:
            own.execute("SELECT pg_advisory_xact_lock(1)")
            own.execute(EFFECTS)
        return ready(make(name))

    def count(effect: str) -> int:
        with pool().connection() as own:
            row = own.execute("SELECT count(*) FROM effects WHERE id = %s", [effect]).fetchone()
            return int(row[0]) if row else 0

    return Engine(made, write, count)


@contextmanager
def begin_django(using: str) -> Iterator[tuple[Any, Execute]]:
    """Open a transaction of Django's, in this thread."""
    connection = connections[using]
    with closing(connection), transaction.atomic(using), connection.cursor() as cursor:

        def execute(statement: str, parameters: dict[str, Any]) -> Any:
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []

        yield connection, execute


def write_django(tx: Any, effect: str) -> None:
    """Write by the connection."""
    with tx.cursor() as cursor:
        cursor.execute("INSERT INTO effects VALUES (%s)", [effect])


@cache
def alchemy() -> sqlalchemy.Engine:
    """Give SQLAlchemy's engine."""
    return sqlalchemy.create_engine(f"sqlite:///{ALCHEMY}", connect_args={"timeout": 30}, pool_size=32)


@cache
def async_alchemy() -> AsyncEngine:
    """Give the one for those who await."""
    return create_async_engine(where("HOOKSEAL_POSTGRES").replace("postgresql:", "postgresql+psycopg:"), pool_size=32)


@contextmanager
def begin_alchemy() -> Iterator[tuple[Any, Execute]]:
    """Open a transaction of SQLAlchemy's."""
    with alchemy().begin() as connection:

        def execute(statement: str, parameters: dict[str, Any]) -> Any:
            result = connection.execute(text(statement), parameters)
            return result.fetchall() if result.returns_rows else []

        yield connection, execute


@asynccontextmanager
async def begin_async_alchemy() -> AsyncIterator[tuple[Any, Any]]:
    """Open one where it is awaited."""
    async with async_alchemy().begin() as connection:

        async def execute(statement: str, parameters: dict[str, Any]) -> Any:
            result = await connection.execute(text(statement), parameters)
            return result.fetchall() if result.returns_rows else []

        yield connection, execute


def write_alchemy(tx: Any, effect: str) -> Any:
    """Write by the connection, and await that where it must be."""
    return tx.execute(text("INSERT INTO effects VALUES (:id)"), {"id": effect})


def write_question(tx: Any, effect: str) -> None:
    """Write by sqlite3."""
    tx.execute("INSERT INTO effects VALUES (?)", [effect])


def write_percent(tx: Any, effect: str) -> Any:
    """Write by psycopg, and await that where it must be."""
    return tx.execute("INSERT INTO effects VALUES (%s)", [effect])


def django(using: str, name: str) -> Transactions:
    """Give a store on one of Django's databases."""
    return Transactions(partial(begin_django, using), name=name, dialect="percent")


ENGINES: dict[str, Engine] = {
    "SQLite": on_sqlite(DATABASE, lambda name: SqliteTransactions(DATABASE, name=name), write_question),
    "PostgreSQL": on_postgres(lambda name: PostgresTransactions(pool().connection, name=name), write_percent),
    "PostgreSQL, awaited": on_postgres(
        lambda name: AsyncPostgresTransactions(async_pool().connection, name=name), write_percent
    ),
    "Django on SQLite": on_sqlite(DJANGO, partial(django, "default"), write_django),
    "Django on PostgreSQL": on_postgres(partial(django, "postgres"), write_django),
    "SQLAlchemy on SQLite": on_sqlite(
        ALCHEMY, lambda name: Transactions(begin_alchemy, name=name, dialect="named"), write_alchemy
    ),
    "SQLAlchemy on PostgreSQL, awaited": on_postgres(
        lambda name: AsyncTransactions(begin_async_alchemy, name=name, dialect="named"), write_alchemy
    ),
}
