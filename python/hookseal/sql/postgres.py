"""PostgreSQL, by way of psycopg 3. Install ``hookseal[postgres]``."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from functools import partial
from typing import Any, Protocol, TypeAlias

from hookseal._hookseal import lock_timeout as checked
from hookseal.sql._lease import LeaseStore
from hookseal.sql._session import Sessions
from hookseal.sql._statements import IS_SET_UP, Execute, Rows, called, code, schema

LOCK_TIMEOUT = timedelta(seconds=5)
"""Below the deadline of a delivery, and above what most handlers take. A choice of our own."""


RowFactory: TypeAlias = Callable[[Any], Callable[[Any], tuple[Any, ...]]]


class Connection(Protocol):
    """What is needed of a ``psycopg.Connection``."""

    def cursor(self, *, row_factory: RowFactory) -> AbstractContextManager[Any]:
        """Give a cursor whose rows are made so."""
        ...

    def transaction(self) -> AbstractContextManager[Any]:
        """Begin a transaction."""
        ...


Connect: TypeAlias = Callable[[], AbstractContextManager[Connection]]
"""Gives a connection to work with, and takes it back: a pool's ``connection``, or ``lambda: psycopg.connect(..)``."""


class PostgresStore(LeaseStore):
    """Claims with a lease, in PostgreSQL.

    ``connection`` gives a psycopg connection as a context manager, as a pool's method does. Give a pool a ``timeout``
    below the deadline; a short ``reconnect_timeout``, or it waits ever longer before it looks for a database that was
    away; and a ``check``, or each connection that died meanwhile costs a delivery. With
    ``kwargs={"autocommit": True}`` each statement takes one round trip instead of three.

    >>> from hookseal.sql import PostgresStore
    >>> from psycopg_pool import ConnectionPool
    >>> pool = ConnectionPool(
    ...     "postgresql://localhost/app",
    ...     timeout=2,
    ...     reconnect_timeout=0.5,
    ...     check=ConnectionPool.check_connection,
    ...     open=False,
    ... )
    >>> store = PostgresStore(pool.connection, name="reports")

    Raises ConfigError: ``invalid_option``.
    """

    def __init__(self, connection: Connect, *, name: str) -> None:
        """Check the name, before a delivery can meet a mistake of ours."""
        super().__init__(name, "percent", "sweep_unlocked")
        self._connection = called(connection)

    def setup(self) -> None:
        """Make the table and its index where they are not there: once, before the first delivery, or by migrations."""
        set_up(self._connection)

    def _execute(self, statement: str, parameters: dict[str, Any]) -> Rows:
        # Leaving psycopg's context commits.
        with self._connection() as own:
            return execute(own, statement, parameters)


class PostgresTransactions(Sessions):
    """Claim and effect in one transaction of PostgreSQL's: what a handler writes takes effect exactly once.

    ``connection`` is as for ``PostgresStore``. Each delivery has one to itself, as ``context.tx``: a pool needs as many
    as deliveries are handled at a time. ``lock_timeout`` is how long a delivery, and whatever its handler does, waits
    for another's lock: keep it below the deadline. The handler neither commits nor rolls back. One that leaves its
    connection idle for longer than the lease loses it, and has done nothing: so none that never ends is in the way.

    >>> from hookseal.sql import PostgresTransactions
    >>> from psycopg_pool import ConnectionPool
    >>> pool = ConnectionPool(
    ...     "postgresql://localhost/app",
    ...     timeout=2,
    ...     reconnect_timeout=0.5,
    ...     check=ConnectionPool.check_connection,
    ...     open=False,
    ... )
    >>> store = PostgresTransactions(pool.connection, name="reports")
    >>> def handle(event, context):
    ...     context.tx.execute("INSERT INTO reports (id) VALUES (%s)", [event.id])

    Raises ConfigError: ``invalid_option``.
    """

    def __init__(self, connection: Connect, *, name: str, lock_timeout: timedelta = LOCK_TIMEOUT) -> None:
        """Check the name, before a delivery can meet a mistake of ours."""
        self._connection = called(connection)
        super().__init__(partial(_begin, connection, checked(lock_timeout)), name, "percent", "sweep_unlocked")

    def setup(self) -> None:
        """Make the table and its index where they are not there: once, before the first delivery, or by migrations."""
        set_up(self._connection)


@contextmanager
def _begin(connection: Connect, lock_timeout: int, lease: int) -> Iterator[tuple[Connection, Execute]]:
    # Whether the connection commits by itself or not, psycopg's own block begins and ends here, and refuses a handler
    # that would end it.
    with connection() as tx, tx.transaction():
        execute(tx, LIMIT, limits(lock_timeout, lease))
        yield tx, partial(execute, tx)


LIMIT = """SELECT set_config('lock_timeout', %(lock)s, true),
  set_config('idle_in_transaction_session_timeout', %(idle)s, true)"""
"""For this transaction alone. Who idles longer than the lease has a handler that may never end: PostgreSQL hangs up."""


def limits(lock_timeout: int, lease: int) -> dict[str, str]:
    """Say how long to wait for a lock, and for the handler, in ms."""
    return {"lock": str(lock_timeout), "idle": str(lease)}


def execute(connection: Connection, statement: str, parameters: dict[str, Any]) -> Rows:
    """Run a statement, with rows that are sequences, whatever the connection makes of its own."""
    with connection.cursor(row_factory=tuples) as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


def tuples(cursor: object) -> Callable[[Any], tuple[Any, ...]]:  # noqa: ARG001
    """Make rows as psycopg does by default."""
    return tuple


def set_up(connection: Connect) -> None:
    """Make the table and its index, and once more where somebody else was making them."""
    try:
        _make(connection)
    except Exception as error:
        if code(error) not in MADE_MEANWHILE:
            raise
        _make(connection)


MADE_MEANWHILE = {"42710", "23505", "42P07"}
"""``IF NOT EXISTS`` fails so where two make the same at once, as workers do that start together."""


def _make(connection: Connect) -> None:
    with connection() as own, own.transaction():
        # Making an index that is there would wait for every open transaction, and all others for it.
        if execute(own, IS_SET_UP, {}):
            return
        for statement in schema():
            execute(own, statement, {})
