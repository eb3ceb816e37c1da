"""Agreement with OpenSSL, by way of Python's own hmac."""

import hmac
import random

from hookseal import Webhook

SEED = 20261123
LONGEST_PAYLOAD = 4096
LONGEST_SECRET = 200


def test_signs_as_openssl_does() -> None:
    """Every payload length from 0 to 4096, under secrets of every length from 1 to 200."""
    chance = random.Random(SEED)
    payload = chance.randbytes(LONGEST_PAYLOAD)
    secrets = [b"k" + chance.randbytes(size - 1) for size in range(1, LONGEST_SECRET + 1)]
    webhooks = [Webhook("loop", secret) for secret in secrets]
    for size in range(LONGEST_PAYLOAD + 1):
        one = size % LONGEST_SECRET
        assert webhooks[one].sign(payload[:size]) == hmac.digest(secrets[one], payload[:size], "sha256").hex(), size
    for secret, webhook in zip(secrets, webhooks, strict=True):
        for size in (0, 55, 56, 63, 64, 65, 400, LONGEST_PAYLOAD):
            assert webhook.sign(payload[:size]) == hmac.digest(secret, payload[:size], "sha256").hex(), len(secret)
