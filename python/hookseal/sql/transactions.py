"""Claim and effect in one transaction, whoever opens it: Django, SQLAlchemy, or a store of hookseal's own."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeAlias

from hookseal.sql._session import Sessions
from hookseal.sql._statements import Dialect, Execute, called, schema

Begin: TypeAlias = Callable[[], AbstractContextManager[tuple[Any, Execute]]]
"""Opens a transaction, and gives what the handler writes with, and what runs a statement in it."""


class Transactions(Sessions):
    """Claim and effect in one transaction of the caller's: what a handler writes in it takes effect exactly once.

    ``begin`` gives a context manager that opens a transaction and yields ``(tx, execute)``: what the handler gets as
    ``context.tx``, and what runs a statement in the transaction, with parameters by name, and gives its rows. Leaving
    it commits; leaving it by an exception rolls back. The handler does neither. ``dialect`` is how ``execute`` wants
    its parameters written: ``"percent"`` for Django, ``"named"`` for SQLAlchemy's ``text``.

    Deliveries of one event wait for each other in the database: on PostgreSQL set a ``lock_timeout`` below the deadline
    in ``begin``, as the example of Django does. Whoever waits too long is told to come again.

    Django keeps a connection to its thread, so its transactions serve where calls block: Flask and Django, not ASGI.

    >>> from contextlib import contextmanager
    >>> from django.db import connection, transaction
    >>> from hookseal.sql import Transactions
    >>> @contextmanager
    ... def begin():
    ...     with transaction.atomic(), connection.cursor() as cursor:
    ...         def execute(statement, parameters):
    ...             cursor.execute(statement, parameters)
    ...             return cursor.fetchall() if cursor.description else []
    ...         if connection.vendor == "postgresql":
    ...             cursor.execute("SET LOCAL lock_timeout = '5s'")
    ...         yield connection, execute
    >>> store = Transactions(begin, name="reports", dialect="percent")

    >>> from sqlalchemy import create_engine, text
    >>> engine = create_engine("sqlite://")
    >>> @contextmanager
    ... def begin():
    ...     with engine.begin() as connection:
    ...         def execute(statement, parameters):
    ...             result = connection.execute(text(statement), parameters)
    ...             return result.fetchall() if result.returns_rows else []
    ...         yield connection, execute
    >>> store = Transactions(begin, name="reports", dialect="named")

    Raises ConfigError: ``invalid_option``.
    """

    def __init__(self, begin: Begin, *, name: str, dialect: Dialect) -> None:
        """Check the name, before a delivery can meet a mistake of ours."""
        self._open = called(begin)
        super().__init__(lambda lease: begin(), name, dialect)  # noqa: ARG005

    def setup(self) -> None:
        """Make the table and its index where they are not there: once, before the first delivery, or by migrations."""
        with self._open() as (_, execute):
            for statement in schema():
                execute(statement, {})
