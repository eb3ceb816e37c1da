"""Writes what the fuzz targets start from: the vectors' payloads and headers, one file each, below the folder named."""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FIRST_BYTES = {"loop": b"\0", "glycanage": b"\1"}
# Longer ones teach a fuzzer nothing but to be slow.
LONGEST = 4096


def octets(value: object) -> bytes | None:
    """Give a vector's value as bytes; none where it is neither text nor bytes."""
    match value:
        case str():
            return value.encode(errors="surrogatepass")
        case {"hex": digits}:
            return bytes.fromhex(digits)
        case {"repeat": str(text), "times": times}:
            return text.encode() * times
    return None


def seeds(case: dict) -> Iterator[tuple[str, bytes]]:
    """Make the inputs of one case, by target. What they are made of is said where each target reads them."""
    payload = octets(case.get("payload"))
    if payload is None:
        return
    first = FIRST_BYTES[case["provider"]]
    if case["call"] == "verify":
        yield "strict_json", payload
        yield "event", first + payload
    pairs = [(name, octets(value)) for name, value in case.get("headers") or []]
    records = [name.encode() + b"\x1f" + value for name, value in pairs if value is not None]
    yield "signature", b"\x1e".join([first + payload, b"another secret", *records])


def write(folder: Path) -> None:
    """Write each seed under a name of its own, so that one is written once."""
    for file in sorted(ROOT.glob("tests/vectors/*.json")):
        for case in json.loads(file.read_text())["cases"]:
            for target, seed in seeds(case):
                if len(seed) <= LONGEST:
                    path = folder / target / hashlib.sha256(seed).hexdigest()[:16]
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(seed)


write(Path(sys.argv[1]))
