"""Receives webhooks with Flask."""

import os

from flask import Flask
from hookseal import AnyEvent, MemoryStore, Webhook
from hookseal.flask import receiver

app = Flask(__name__)
app.logger.setLevel("INFO")
loop = Webhook("loop", os.environ["LOOP_WEBHOOK_SECRET"])
glycanage = Webhook("glycanage", os.environ["GLYCANAGE_WEBHOOK_SECRET"])
store = MemoryStore()  # for one process: with several workers, take a store that they share


@app.post("/webhooks/loop")
@receiver(loop, store=store)
def receive_loop(event: AnyEvent) -> None:
    app.logger.info("received %s", event.type)


@app.post("/webhooks/glycanage")
@receiver(glycanage, store=store)
def receive_glycanage(event: AnyEvent) -> None:
    app.logger.info("received %s", event.type)
