"""Flask with several workers on one machine, which share what they have handled in a file of SQLite's."""

import os

from flask import Flask
from hookseal import AnyEvent, Webhook
from hookseal.flask import receiver
from hookseal.sql import SqliteStore

app = Flask(__name__)
app.logger.setLevel("INFO")
webhook = Webhook("glycanage", os.environ["GLYCANAGE_WEBHOOK_SECRET"])
store = SqliteStore(os.environ.get("CLAIMS", "claims.db"), name="glycanage")  # every receiver has a name of its own
store.setup()


@app.post("/webhooks/glycanage")
@receiver(webhook, store=store)
def receive(event: AnyEvent) -> None:
    app.logger.info("received %s", event.type)
