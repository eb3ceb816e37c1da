"""Numbers that I-JSON takes: edges, random doubles, long decimals and those that lie half way between two doubles."""

import math
import struct
from decimal import Context, Decimal
from random import Random

from pieces import NUMBERS

EXACT = Context(prec=2000)


def number(rng: Random) -> str:
    """Write a number."""
    return rng.choice([edge, integer, double, decimal, half_way])(rng)


def edge(rng: Random) -> str:
    """Write one that some parser has stumbled over."""
    return rng.choice(NUMBERS)


def integer(rng: Random) -> str:
    """Write an integer of any size within 2^53 - 1."""
    return rng.choice(["", "-"]) + str(rng.randrange(2**53) >> rng.randrange(53))


def double(rng: Random) -> str:
    """Write any double with the digits that it needs."""
    bits = rng.randrange(2**64).to_bytes(8)
    value: float = struct.unpack(">d", bits)[0]
    return repr(value) if math.isfinite(value) else "-0.0"


def decimal(rng: Random) -> str:
    """Write digits as they come, more than a double holds."""
    digits = "".join(rng.choices("0123456789", k=rng.choice([1, 3, 17, 40])))
    exponent = rng.choice(["", f"e{rng.randrange(-400, 280)}", f"E+{rng.randrange(20):03}", "e-0"])
    return f"{rng.choice(['', '-'])}{rng.randrange(10 ** rng.randrange(20))}.{digits}{exponent}"


def half_way(rng: Random) -> str:
    """Write exactly the middle between two doubles, or a hair beside it."""
    lower = rng.random() * 10.0 ** rng.randrange(-30, 30)
    middle = EXACT.divide(EXACT.add(Decimal(lower), Decimal(math.nextafter(lower, math.inf))), Decimal(2))
    written = f"{middle:f}"
    return written + ("" if "." in written else ".") + rng.choice(["0", "00001", "0e0", "0e-5"])
