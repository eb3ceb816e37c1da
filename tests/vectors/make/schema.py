"""What every case is made of: values, signatures, and the forms of the schema."""

import hashlib
import hmac
import json

HEADER = {"loop": "X-Loop-Signature", "glycanage": "X-GlycanAge-Signature"}
PREFIX = {"loop": "", "glycanage": "sha256="}
SECRET = "a secret of 32 characters or more"
STATUS = {
    "unknown_provider": None,
    "invalid_secret": None,
    "payload_not_raw": 500,
    "payload_too_large": 413,
    "missing_signature": 401,
    "repeated_signature": 401,
    "malformed_signature": 401,
    "signature_mismatch": 401,
    "malformed_json": 422,
    "invalid_event": 422,
}
DYNAMIC = ["javascript", "python"]
MAX_PAYLOAD = 16 * 1024 * 1024
KNOWN = [
    "biomarker.result.created",
    "protocol.started",
    "clinical.biomarker.parsed.v1",
    "order-status-changed",
    "assignment-status-changed",
    "kit-received",
    "report-ready",
]


def raw(value):
    """The bytes of a value of the schema."""
    if isinstance(value, str):
        return value.encode()
    if "hex" in value:
        return bytes.fromhex(value["hex"])
    if "numbered" in value:
        return "".join(value["numbered"].replace("#", str(n)) for n in range(value["times"])).encode()
    if "concat" in value:
        return b"".join(map(raw, value["concat"]))
    return raw(value["repeat"]) * value["times"]


def octets(data):
    return {"hex": data.hex()}


def digest(secret, payload):
    return hmac.new(raw(secret), raw(payload), hashlib.sha256).hexdigest()


def signature(provider, payload, secret=SECRET):
    return PREFIX[provider] + digest(secret, payload)


def error(code, **more):
    return {"error": {"code": code, "status": STATUS[code], **more}}


def problem(path, expected, found):
    return {"path": path, "expected": expected, "found": found}


def event(text, key, event_id=None, occurred_at=None, secret="0"):
    body = json.loads(text)
    return {
        "event": {
            "type": body["type"],
            "known": body["type"] in KNOWN,
            "id": event_id,
            "occurred_at": occurred_at,
            "key": key,
            "secret": secret,
            "body": body,
        }
    }


def body_key(provider, text):
    return f"{provider}:body-sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def case(name, call, provider, expect, secrets=(SECRET,), **more):
    return {"name": name, "call": call, "provider": provider, "secrets": list(secrets), **more, "expect": expect}


def check(name, provider, value, expect, payload="payload", **more):
    """verify_signature, with one value of the provider's own header, or with none."""
    headers = [] if value is None else [[HEADER[provider], value]]
    return case(name, "verify_signature", provider, expect, payload=payload, headers=headers, **more)


def signed(name, provider, payload, expect, secret=SECRET, **more):
    """verify, of a payload that is properly signed."""
    headers = [[HEADER[provider], signature(provider, payload, secret)]]
    return case(name, "verify", provider, expect, secrets=[secret], payload=payload, headers=headers, **more)
