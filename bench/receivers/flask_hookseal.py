"""A receiver."""

import os
import resource

from flask import Flask
from hookseal import AnyEvent, MemoryStore, Webhook
from hookseal.flask import receiver

app = Flask(__name__)


@app.post("/")
@receiver(Webhook("glycanage", os.environ["SECRET"]), store=MemoryStore())
def receive(event: AnyEvent) -> None:
    """Do nothing with the event."""


@app.get("/memory")
def memory() -> dict[str, int]:
    """Tell how much memory it has taken at most."""
    return {"rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}
