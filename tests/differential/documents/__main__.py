"""Writes documents, a line each: its name, what must become of it (accepted, refused, any) and its bytes in base64.

`python documents COUNT SEED`: the same documents for the same numbers.
"""

import base64
import sys
from random import Random

from grammar import Grammar
from kinds import KINDS


def main(count: int, seed: int) -> None:
    """Print that many, of each kind in its share."""
    grammar = Grammar(Random(seed))
    for number in range(count):
        kind = grammar.rng.choices(list(KINDS), list(KINDS.values()))[0]
        verdict, document = kind(grammar)
        print(f"{kind.__name__} {number}", verdict, base64.b64encode(document).decode(), sep="\t")


main(int(sys.argv[1]), int(sys.argv[2]))
