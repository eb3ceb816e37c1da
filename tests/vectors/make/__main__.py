"""Writes the vector files, signing with Python's own hmac; `../README.md` has the schema.

With `--check`: fails where a file is not what would be written. With a path: takes Wycheproof's cases from there.
"""

import json
import sys
from pathlib import Path

import data
import events
import headers
import payloads
import precedence
import published
import rfc4231
import secret
import signatures
import strict_json
import wycheproof

FOLDER = Path(__file__).parent.parent

SUBJECTS = {
    "published": published,
    "rfc4231": rfc4231,
    "signatures": signatures,
    "headers": headers,
    "secrets": secret,
    "payloads": payloads,
    "precedence": precedence,
    "events": events,
    "data": data,
    "strict_json": strict_json,
}


def written(about, cases):
    """A file's text: a case a line."""
    cases = list(cases)
    names = [case["name"] for case in cases]
    assert len(names) == len(set(names)), [name for name in names if names.count(name) > 1]
    lines = ",\n".join("    " + json.dumps(case) for case in cases)
    return f'{{\n  "about": {json.dumps(about)},\n  "cases": [\n{lines}\n  ]\n}}\n'


def main(argument=None):
    files = {name: written(subject.__doc__, subject.cases()) for name, subject in SUBJECTS.items()}
    if argument == "--check":
        stale = [name for name, text in files.items() if (FOLDER / f"{name}.json").read_text() != text]
        sys.exit(f"not what make writes, so run it: {', '.join(stale)}" if stale else 0)
    if argument:
        files["wycheproof"] = written(wycheproof.__doc__, wycheproof.cases(Path(argument)))
    for name, text in files.items():
        (FOLDER / f"{name}.json").write_text(text)


main(*sys.argv[1:])
