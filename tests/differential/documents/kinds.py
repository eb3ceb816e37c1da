"""The kinds of documents: each gives what must become of one, and its bytes."""

from collections.abc import Callable

from grammar import Grammar
from mutations import mutate
from pieces import REFUSED_IN_STRINGS, REFUSED_SPACES, REFUSED_VALUES

Document = tuple[str, bytes]

MAX_DEPTH = 64

ENCODINGS = ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]

AFTERWARDS = ["}", "]", ",", "x", "{}", '""', "0", "null", "\x1a", "\\n"]


def document(verdict: str, text: str) -> Document:
    """Turn text into bytes, and what stands for a byte into that byte."""
    return verdict, text.encode("utf-8", "surrogateescape")


def plain(g: Grammar) -> Document:
    """Write an event in which nothing is wrong."""
    return document("accepted", g.event(g.value()))


def wide(g: Grammar) -> Document:
    """Write more members and elements than anybody does by hand."""
    members = [(name, g.scalar()) for name in g.names(300)]
    return document("accepted", g.root([*members, ("all", g.array([value for _, value in members]))]))


def deep(g: Grammar) -> Document:
    """Nest about as deep as may be, or far deeper, and not always with an end."""
    levels = g.rng.choice([MAX_DEPTH - 2, MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1, MAX_DEPTH + 2, 2000])
    opening = [g.rng.choice(["[", '{"a":']) for _ in range(levels - 2)]
    closing = ["]" if bracket == "[" else "}" for bracket in reversed(opening)]
    ends = g.rng.random() < 0.9
    inmost = g.rng.choice(["[]", "{}", "[1]", '{"":""}'])
    value = "".join(opening) + inmost + "".join(closing if ends else closing[1:])
    verdict = "accepted" if ends and levels <= MAX_DEPTH else "refused"
    return document(verdict, g.root([("v", value)]))


def duplicate(g: Grammar) -> Document:
    """Give one object a name twice, the second time perhaps written otherwise."""
    at_root = g.rng.random() < 0.3
    names = g.names(g.rng.randrange(1, 5))
    # Every event has its type already.
    again = g.rng.choice([*names, "type"] if at_root else names)
    names.insert(g.rng.randrange(len(names) + 1), again)
    members = [(name, g.scalar()) for name in names]
    return document("refused", g.root(members) if at_root else g.event(g.members(members)))


def value(g: Grammar) -> Document:
    """Write a value that JSON, or I-JSON, does not have."""
    return document("refused", g.event(g.rng.choice(REFUSED_VALUES)))


def string(g: Grammar) -> Document:
    """Write a string, or a name, that holds what none may hold."""
    before, after = (g.string()[1:-1] for _ in range(2))
    bad = f'"{before}{g.rng.choice(REFUSED_IN_STRINGS)}{after}"'
    return document("refused", g.event(g.rng.choice([bad, f"{{{bad}:1}}"])))


def space(g: Grammar) -> Document:
    """Put what is not whitespace where whitespace may be."""
    bad = g.rng.choice(REFUSED_SPACES)
    inside = g.event(
        g.rng.choice([f"{bad}1", f"1{bad}", f"[{bad}]", f"[1,{bad}2]", f'{{{bad}"a":1}}', f'{{"a"{bad}:1}}'])
    )
    event = g.event("1")
    return document("refused", g.rng.choice([inside, bad + event, event + bad]))


def afterwards(g: Grammar) -> Document:
    """Write an event, and more."""
    return document("refused", g.event(g.value()) + g.rng.choice(AFTERWARDS))


def cut(g: Grammar) -> Document:
    """Leave an event without its end."""
    whole = g.event(g.value()).strip().encode()
    return "refused", whole[: g.rng.randrange(len(whole))]


def encoding(g: Grammar) -> Document:
    """Encode an event in a way that some parsers guess."""
    return "refused", g.event(g.value()).encode(g.rng.choice(ENCODINGS))


def shape(g: Grammar) -> Document:
    """Write JSON that is no event, or hardly one."""
    type_of = g.rng.choice(["null", "1", "[]", "{}", "true", '""', '"t"'])
    id_of = g.rng.choice(["null", "0", "-0", "1.0", "1e2", "1.5", '""', '"\\u0000"', "9007199254740991", "[]"])
    time = g.rng.choice(['"2026-05-22T12:34:56Z"', '"2026-05-22"', "0", "null", '""'])
    return document("any", g.members([("type", type_of), ("id", id_of), ("occurred_at", time)]))


def root(g: Grammar) -> Document:
    """Write something other than an object."""
    return document("refused", g.rng.choice([g.scalar(), g.array([g.event(g.value())]), g.space()]))


def mutated(g: Grammar) -> Document:
    """Change some bytes of an event of any kind."""
    _, event = g.rng.choice([plain, plain, plain, duplicate, string, deep])(g)
    return "any", mutate(g.rng, event)


# How often, in parts.
KINDS: dict[Callable[[Grammar], Document], int] = {
    plain: 30,
    mutated: 30,
    duplicate: 8,
    string: 8,
    value: 6,
    deep: 5,
    space: 3,
    shape: 3,
    cut: 2,
    encoding: 2,
    afterwards: 1,
    root: 1,
    wide: 1,
}
