"""What adapters for WSGI share: reading the body, and headers that an application may send."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from wsgiref.util import is_hop_by_hop

PIECE = 64 * 1024


class Stream(Protocol):
    """What a body is read from."""

    def read(self, size: int, /) -> bytes:
        """Give so many bytes at the most, and none at the end."""
        ...


def read(environ: Mapping[str, Any], limit: int) -> bytes:
    """Read the body, no further than just beyond the limit: from the server, because frameworks may cut it.

    Raises EOFError where less of it arrives than the client promised, and whatever the server's own stream raises.
    """
    length, stream = environ.get("CONTENT_LENGTH"), environ["wsgi.input"]
    if length:
        promised = min(int(length), limit + 1)
        body = read_stream(stream, promised)
        if len(body) < promised:
            raise EOFError
        return body
    # A body in chunks, where the server says that its stream ends: else there is none.
    return read_stream(stream, limit + 1) if environ.get("wsgi.input_terminated") else b""


def read_stream(stream: Stream, most: int) -> bytes:
    """Read until the end, or until so many bytes are there."""
    # Not a list of pieces: a sender may make them as small as a byte, each with the weight of an object.
    body = bytearray()
    while len(body) < most and (piece := stream.read(min(most - len(body), PIECE))):
        body += piece
    return bytes(body)


def own_headers(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Leave the connection to the server: PEP 3333 forbids an application to speak of it, and some servers check."""
    return [(name, value) for name, value in headers if not is_hop_by_hop(name)]
