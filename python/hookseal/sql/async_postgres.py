"""PostgreSQL, by way of psycopg 3, for code that awaits. Install ``hookseal[postgres]``."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from functools import partial
from inspect import isawaitable
from typing import Any, Protocol, TypeAlias

from hookseal._hookseal import lock_timeout as checked
from hookseal.sql._async_session import AsyncSessions
from hookseal.sql._lease import AsyncLeaseStore
from hookseal.sql._statements import IS_SET_UP, AsyncExecute, Rows, called, code, schema
from hookseal.sql.postgres import LIMIT, LOCK_TIMEOUT, MADE_MEANWHILE, RowFactory, limits, tuples


class AsyncConnection(Protocol):
    """What is needed of a ``psycopg.AsyncConnection``."""

    def cursor(self, *, row_factory: RowFactory) -> AbstractAsyncContextManager[Any]:
        """Give a cursor whose rows are made so."""
        ...

    def transaction(self) -> AbstractAsyncContextManager[Any]:
        """Begin a transaction."""
        ...


Lent: TypeAlias = AbstractAsyncContextManager[AsyncConnection]

AsyncConnect: TypeAlias = Callable[[], Lent | Awaitable[Lent]]
"""Gives a connection to work with, and takes it back: a pool's ``connection``, or ``AsyncConnection.connect``."""


class AsyncPostgresStore(AsyncLeaseStore):
    """Claims with a lease, in PostgreSQL: ``PostgresStore`` for code that awaits.

    >>> from hookseal.sql import AsyncPostgresStore
    >>> from psycopg_pool import AsyncConnectionPool
    >>> pool = AsyncConnectionPool(
    ...     "postgresql://localhost/app",
    ...     timeout=2,
    ...     reconnect_timeout=0.5,
    ...     check=AsyncConnectionPool.check_connection,
    ...     open=False,
    ... )
    >>> store = AsyncPostgresStore(pool.connection, name="reports")

    Raises ConfigError: ``invalid_option``.
    """

    def __init__(self, connection: AsyncConnect, *, name: str) -> None:
        """Check the name, before a delivery can meet a mistake of ours."""
        super().__init__(name, "percent", "sweep_unlocked")
        self._connection = called(connection)

    async def setup(self) -> None:
        """Make the table and its index where they are not there: once, before the first delivery, or by migrations."""
        await _set_up(self._connection)

    async def _execute(self, statement: str, parameters: dict[str, Any]) -> Rows:
        async with _lent(self._connection) as own:
            return await _execute(own, statement, parameters)


class AsyncPostgresTransactions(AsyncSessions):
    """Claim and effect in one transaction of PostgreSQL's: ``PostgresTransactions`` for code that awaits.

    >>> from hookseal.sql import AsyncPostgresTransactions
    >>> from psycopg_pool import AsyncConnectionPool
    >>> pool = AsyncConnectionPool(
    ...     "postgresql://localhost/app",
    ...     timeout=2,
    ...     reconnect_timeout=0.5,
    ...     check=AsyncConnectionPool.check_connection,
    ...     open=False,
    ... )
    >>> store = AsyncPostgresTransactions(pool.connection, name="reports")
    >>> async def handle(event, context):
    ...     await context.tx.execute("INSERT INTO reports (id) VALUES (%s)", [event.id])

    Raises ConfigError: ``invalid_option``.
    """

    def __init__(self, connection: AsyncConnect, *, name: str, lock_timeout: timedelta = LOCK_TIMEOUT) -> None:
        """Check the name, before a delivery can meet a mistake of ours."""
        self._connection = called(connection)
        super().__init__(partial(_begin, connection, checked(lock_timeout)), name, "percent", "sweep_unlocked")

    async def setup(self) -> None:
        """Make the table and its index where they are not there: once, before the first delivery, or by migrations."""
        await _set_up(self._connection)


@asynccontextmanager
async def _begin(
    connection: AsyncConnect, lock_timeout: int, lease: int
) -> AsyncIterator[tuple[AsyncConnection, AsyncExecute]]:
    async with _lent(connection) as tx, tx.transaction():
        await _execute(tx, LIMIT, limits(lock_timeout, lease))
        yield tx, partial(_execute, tx)


@asynccontextmanager
async def _lent(connection: AsyncConnect) -> AsyncIterator[AsyncConnection]:
    """Psycopg's ``connect`` must be awaited first, a pool's method must not. Leaving its context commits."""
    lent = connection()
    async with await lent if isawaitable(lent) else lent as own:
        yield own


async def _execute(connection: AsyncConnection, statement: str, parameters: dict[str, Any]) -> Rows:
    async with connection.cursor(row_factory=tuples) as cursor:
        await cursor.execute(statement, parameters)
        return await cursor.fetchall() if cursor.description else []


async def _set_up(connection: AsyncConnect) -> None:
    try:
        await _make(connection)
    except Exception as error:
        if code(error) not in MADE_MEANWHILE:
            raise
        await _make(connection)


async def _make(connection: AsyncConnect) -> None:
    async with _lent(connection) as own, own.transaction():
        if await _execute(own, IS_SET_UP, {}):
            return
        for statement in schema():
            await _execute(own, statement, {})
