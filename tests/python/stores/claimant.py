"""A process that sets a store up and claims one key again and again, as others do at the same time."""

import json
import sys

import psycopg
from hookseal.sql import PostgresStore, SqliteStore

from stores.driving import NOW


def main(place: str, key: str) -> None:
    """Say that it is ready, wait for the word, and print what it was told."""
    is_postgres = place.startswith("postgresql:")
    store = (
        PostgresStore(lambda: psycopg.connect(place), name="processes")
        if is_postgres
        else SqliteStore(place, name="processes")
    )
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    me = sys.stdin.readline()
    store.setup()
    sys.stdout.write(json.dumps([store.claim(key, f"{me} {n}", 1000, NOW).state for n in range(20)]))


main(*sys.argv[1:])
