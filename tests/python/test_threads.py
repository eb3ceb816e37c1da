"""Two webhooks under load never mix, with the GIL given up for each payload."""

from concurrent.futures import ThreadPoolExecutor

from hookseal import Webhook

WEBHOOKS = [Webhook("loop", f"secret {n}") for n in range(2)]
PAYLOADS = [bytes([n]) * 4096 for n in range(8)]


def verdicts(n: int) -> list[str]:
    """Sign each payload under one secret, and try the signature under both."""
    own, other = WEBHOOKS[n % 2], WEBHOOKS[1 - n % 2]
    found = []
    for payload in PAYLOADS:
        signature = own.sign(payload)
        found.append(own.verify_signature(payload, signature))
        try:
            found.append(other.verify_signature(payload, signature))
        except Exception as error:  # noqa: BLE001
            found.append(error.args[0])
    return found


def test_webhooks_share_nothing() -> None:
    """Eight threads, each a thousand payloads."""
    with ThreadPoolExecutor(8) as threads:
        for found in threads.map(verdicts, range(1000)):
            assert found == ["0", "signature_mismatch"] * len(PAYLOADS)
