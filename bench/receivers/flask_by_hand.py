"""What receivers do who follow the senders' guides: an HMAC, a comparison of texts, and a set of what was seen."""

import hashlib
import hmac
import os
import resource

from flask import Flask, request

app = Flask(__name__)
secret = os.environ["SECRET"].encode()
seen: set[str] = set()


@app.post("/")
def receive() -> tuple[str, int]:
    """Verify, parse, and remember."""
    digest = hmac.new(secret, request.data, hashlib.sha256).hexdigest()
    if request.headers.get("X-GlycanAge-Signature") != f"sha256={digest}":
        return "refused", 401
    event = request.get_json()
    key = event.get("id") or f"{event['type']}-{event['timestamp']}"
    if key in seen:
        return "seen", 200
    seen.add(key)
    return "OK", 200


@app.get("/memory")
def memory() -> dict[str, int]:
    """Tell how much memory it has taken at most."""
    return {"rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}
