"""SQLite, by way of the standard library."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

from hookseal.sql._file import LOCK_TIMEOUT, File, Path
from hookseal.sql._lease import LeaseStore
from hookseal.sql._statements import Execute, Rows
from hookseal.sql.transactions import Transactions


class SqliteStore(LeaseStore):
    """Claims with a lease, in a file of SQLite's that the processes of one machine share.

    ``lock_timeout`` is how long a delivery waits for others that write to the file.

    >>> from hookseal.sql import SqliteStore
    >>> store = SqliteStore("claims.db", name="reports")
    >>> store.setup()
    >>> store.claim("loop:id:evt_1", "my token", 30_000, 0)
    Claim(state='claimed', until=None)
    >>> store.claim("loop:id:evt_1", "another", 30_000, 1)
    Claim(state='in_progress', until=30000)
    >>> store.complete("loop:id:evt_1", "my token", 60_000, 2)
    'done'
    >>> store.close()

    Raises ConfigError: ``invalid_option``.
    """

    def __init__(self, path: Path, *, name: str, lock_timeout: timedelta = LOCK_TIMEOUT) -> None:
        """Check the name, before a delivery can meet a mistake of ours. Nothing is opened yet."""
        super().__init__(name, "named")
        self._file = File(path, lock_timeout)

    def setup(self) -> None:
        """Make the table and its index where they are not there, and turn write-ahead logging on: once, at first."""
        self._file.set_up()

    def close(self) -> None:
        """Close the connection that is kept open, when no more deliveries come."""
        self._file.close()

    def _execute(self, statement: str, parameters: dict[str, Any]) -> Rows:
        with self._file.lent() as own:
            return own.execute(statement, parameters).fetchall()


class SqliteTransactions(Transactions):
    """Claim and effect in one transaction of SQLite's: what a handler writes takes effect exactly once.

    The handler gets a ``sqlite3.Connection`` of the store's own as ``context.tx``, and neither commits nor rolls back:
    SQLite refuses that (``not authorized``), and so ``with context.tx:`` and ``executescript``, which commit too.
    SQLite has one writer at a time, so deliveries take turns, each for as long as its handler runs: whoever waits
    longer than ``lock_timeout`` is told to come again.

    >>> from hookseal import Receiver, Webhook
    >>> from hookseal.sql import SqliteTransactions
    >>> from hookseal.tools import delivery, sample
    >>> store = SqliteTransactions("app.db", name="reports")
    >>> store.setup()
    >>> def handle(event, context):
    ...     context.tx.execute("CREATE TABLE reports (id text)")
    ...     context.tx.execute("INSERT INTO reports VALUES (?)", [event.id])
    >>> webhook = Webhook("glycanage", "a secret of 32 characters or more")
    >>> body, headers = delivery(webhook, sample("glycanage", "report-ready"))
    >>> receiver = Receiver(webhook, handle, store=store)
    >>> [receiver.deliver("POST", headers, lambda limit: body).outcome for attempt in range(2)]
    ['handled', 'duplicate']
    >>> store.close()

    Raises ConfigError: ``invalid_option``.
    """

    def __init__(self, path: Path, *, name: str, lock_timeout: timedelta = LOCK_TIMEOUT) -> None:
        """Check the name, before a delivery can meet a mistake of ours. Nothing is opened yet."""
        self._file = File(path, lock_timeout)
        super().__init__(partial(_begin, self._file), name=name, dialect="named")

    def setup(self) -> None:
        """Make the table and its index where they are not there, and turn write-ahead logging on: once, at first."""
        self._file.set_up()

    def close(self) -> None:
        """Close the connection that is kept open, when no more deliveries come."""
        self._file.close()


@contextmanager
def _begin(file: File) -> Iterator[tuple[sqlite3.Connection, Execute]]:
    with file.lent() as tx:
        # At once, not at the first write: who has read may find that it cannot write any more.
        tx.execute("BEGIN IMMEDIATE")
        tx.set_authorizer(_authorize)
        try:
            try:
                yield tx, lambda statement, parameters: tx.execute(statement, parameters).fetchall()
            finally:
                tx.set_authorizer(None)
            tx.commit()
        except BaseException:
            tx.rollback()
            raise


def _authorize(action: int, *_: object) -> int:
    """Let a handler do everything but end the transaction, in which its event would then be claimed for nobody."""
    return sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_TRANSACTION else sqlite3.SQLITE_OK
