"""Stores in a database that many processes share: each with a lease, or with claim and effect in one transaction.

With a lease, no event is lost, and one can take effect twice only where a process dies between its effect and its
completion, or a handler outlives its lease. In a transaction, what a handler writes by ``context.tx`` takes effect
exactly once.

Every store is made with a ``name``, the receiver's own, of 1 to 64 letters, digits, ``.``, ``-`` and ``_``: receivers
that share a table must not share a name, or they swallow each other's events. What shares a store must agree on the
time, well within the lease. Nothing but the standard library is imported: connections are the caller's.
"""

from hookseal.sql._statements import Dialect, Execute, schema
from hookseal.sql.async_postgres import AsyncPostgresStore, AsyncPostgresTransactions
from hookseal.sql.async_transactions import AsyncTransactions
from hookseal.sql.postgres import PostgresStore, PostgresTransactions
from hookseal.sql.sqlite import SqliteStore, SqliteTransactions
from hookseal.sql.transactions import Transactions

__all__ = [
    "AsyncPostgresStore",
    "AsyncPostgresTransactions",
    "AsyncTransactions",
    "Dialect",
    "Execute",
    "PostgresStore",
    "PostgresTransactions",
    "SqliteStore",
    "SqliteTransactions",
    "Transactions",
    "schema",
]
