"""Events that are I-JSON, written in every way that JSON has.

Text here may hold bytes that are not UTF-8, as the lone surrogates of Python's `surrogateescape`.
"""

from random import Random

from number import number
from pieces import LETTERS, NAMES, WORDS

SHORT = {'"': '\\"', "\\": "\\\\", "/": "\\/", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class Grammar:
    """Writes values, each time another one."""

    def __init__(self, rng: Random) -> None:
        """Draw from this source, so that its seed decides everything."""
        self.rng = rng

    def space(self) -> str:
        """Write whitespace: none, mostly."""
        return "".join(self.rng.choices(" \t\n\r", k=self.rng.randrange(1, 4))) if self.rng.random() < 0.1 else ""

    def meaning(self) -> str:
        """Give a text, not yet written as JSON."""
        letters = self.rng.choice(LETTERS)
        return "".join(self.rng.choices(letters, k=self.rng.choice([0, 1, 2, 3, 5, 8, 20])))

    def character(self, char: str) -> str:
        """Write a character as itself or by any of its escapes."""
        if char >= " " and char not in '"\\' and self.rng.random() < 0.7:
            return char
        if char in SHORT and self.rng.random() < 0.5:
            return SHORT[char]
        digits = "".join(map(self.rng.choice, [(digit, digit.upper()) for digit in char.encode("utf-16-be").hex()]))
        return "".join("\\u" + digits[at : at + 4] for at in range(0, len(digits), 4))

    def string(self, meaning: str | None = None) -> str:
        """Write a string, of this meaning or any."""
        return '"' + "".join(map(self.character, self.meaning() if meaning is None else meaning)) + '"'

    def names(self, count: int) -> list[str]:
        """Give names that differ in meaning; a few are special to some language."""
        names: set[str] = set()
        while len(names) < count:
            names.add(self.rng.choice(NAMES) if self.rng.random() < 0.3 else self.meaning() + str(len(names)))
        return sorted(names)

    def array(self, elements: list[str]) -> str:
        """Write an array of values already written."""
        return "[" + ",".join(self.space() + element + self.space() for element in elements) + "]"

    def members(self, members: list[tuple[str, str]]) -> str:
        """Write an object: the meanings of its names, and values already written."""
        written = [self.space() + self.string(n) + self.space() + ":" + self.space() + v for n, v in members]
        return "{" + ",".join(member + self.space() for member in written) + "}"

    def scalar(self) -> str:
        """Write a value that holds no others."""
        kind = self.rng.choice(["string", "number", "word"])
        if kind == "string":
            return self.string()
        return number(self.rng) if kind == "number" else self.rng.choice(WORDS)

    def value(self, levels: int = 4) -> str:
        """Write any value, at most that deep."""
        if levels == 0 or self.rng.random() < 0.5:
            return self.scalar()
        return self.around(self.value(levels - 1)) if self.rng.random() < 0.8 else self.rng.choice(["{}", "[ ]"])

    def around(self, value: str) -> str:
        """Write an array or object that holds this value among others."""
        values = [self.scalar() for _ in range(self.rng.randrange(3))]
        values.insert(self.rng.randrange(len(values) + 1), value)
        if self.rng.random() < 0.5:
            return self.array(values)
        return self.members(list(zip(self.names(len(values)), values, strict=True)))

    def nested(self, value: str) -> str:
        """Write the value some levels down, or as it is."""
        for _ in range(self.rng.choice([0, 0, 1, 2, 5])):
            value = self.around(value)
        return value

    def root(self, members: list[tuple[str, str]]) -> str:
        """Write an event of these members and a type."""
        members = [*members, ("type", self.string(self.rng.choice(["t", "protocol.started", "\u00e9\U0001f600"])))]
        self.rng.shuffle(members)
        return self.space() + self.members(members) + self.space()

    def event(self, value: str) -> str:
        """Write an event with this value somewhere inside."""
        names = self.names(self.rng.randrange(1, 4))
        return self.root(list(zip(names, [self.nested(value), self.value(), self.value()], strict=False)))
