"""What hookseal reads in Python, a line a document: `python reader.py DOCUMENTS ANSWERS`."""

import base64
import json
import re
import struct
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hookseal import EventError, Webhook

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WEBHOOK = Webhook("loop", "a secret of 32 characters or more")


def answer(document: bytes) -> str:
    """Give the verdict, and where a refused document is wrong or what an accepted one says."""
    try:
        event = WEBHOOK.verify(document, WEBHOOK.sign(document))
    except EventError as error:
        return f"refused {error.code} {'' if error.offset is None else error.offset} {error}"
    names = ("type", "known", "id", "key", "body")
    occurred_at = event.occurred_at and (event.occurred_at - EPOCH) // timedelta(milliseconds=1)
    said = canonical({"occurred_at": occurred_at, **{name: getattr(event, name) for name in names}})
    other = second_opinion(document)
    return f"accepted {said}" if other == canonical(event.body) else f"accepted {said} where json.loads reads {other}"


def second_opinion(document: bytes) -> str:
    """Give what a parser that knows nothing of hookseal makes of what hookseal accepts."""
    try:
        return canonical(json.loads(document.decode()))
    except ValueError:
        return "nothing"


def canonical(value: Any) -> str:
    """Write a value in the one form that three languages write alike: pure ASCII, names sorted, a double's bits."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            # One zero, without a sign.
            return struct.pack(">d", value or 0).hex()
        case str():
            return quoted(value)
        case list():
            return "[" + ",".join(map(canonical, value)) + "]"
        case dict():
            return "{" + ",".join(sorted(f"{quoted(name)}:{canonical(value[name])}" for name in value)) + "}"
    raise TypeError(type(value))


def quoted(text: str) -> str:
    """Write a text, everything but letters, digits and spaces by its UTF-16 code units."""
    return '"' + re.sub(r"[^A-Za-z0-9 ]", lambda char: escaped(char[0]), text) + '"'


def escaped(char: str) -> str:
    """Write one code point."""
    units = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join("\\u" + units[at : at + 4] for at in range(0, len(units), 4))


def main(documents: str, answers: str) -> None:
    """Read every document."""
    with Path(documents).open() as lines, Path(answers).open("w") as found:
        for line in lines:
            print(answer(base64.b64decode(line.split("\t")[2])), file=found)


main(*sys.argv[1:])
