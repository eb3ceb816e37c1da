"""Random changes to a document's bytes, which may well leave it whole."""

from collections.abc import Callable
from random import Random

# The bytes that decide how JSON is read.
DECISIVE = b'{}[]",:\\/u0dD8189eE+-. \t\n\r\x00\x1f\x7f\x80\xbf\xc0\xc3\xed\xf0\xff'


def mutate(rng: Random, document: bytes) -> bytes:
    """Change it in one place or a few."""
    for _ in range(rng.choice([1, 1, 1, 2, 4])):
        document = rng.choice(MUTATIONS)(rng, document)
    return document


def span(rng: Random, document: bytes) -> tuple[int, int]:
    """Choose a short stretch."""
    start = rng.randrange(len(document) + 1)
    return start, start + rng.choice([1, 1, 2, 6, 20])


def flip(rng: Random, document: bytes) -> bytes:
    """Flip a bit."""
    at = rng.randrange(len(document) + 1)
    return document[:at] + bytes(byte ^ 1 << rng.randrange(8) for byte in document[at : at + 1]) + document[at + 1 :]


def put(rng: Random, document: bytes) -> bytes:
    """Replace a byte with a decisive one."""
    at = rng.randrange(len(document) + 1)
    return document[:at] + bytes([rng.choice(DECISIVE)]) + document[at + 1 :]


def insert(rng: Random, document: bytes) -> bytes:
    """Insert a decisive byte."""
    at = rng.randrange(len(document) + 1)
    return document[:at] + bytes([rng.choice(DECISIVE)]) + document[at:]


def drop(rng: Random, document: bytes) -> bytes:
    """Drop a stretch."""
    start, end = span(rng, document)
    return document[:start] + document[end:]


def copy(rng: Random, document: bytes) -> bytes:
    """Copy a stretch to another place."""
    start, end = span(rng, document)
    at = rng.randrange(len(document) + 1)
    return document[:at] + document[start:end] + document[at:]


MUTATIONS: list[Callable[[Random, bytes], bytes]] = [flip, put, insert, drop, copy]
