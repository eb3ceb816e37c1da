"""Receives webhooks with Flask."""

import os

from flask import Flask, request
from hookseal import Webhook, WebhookError

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1_000_000
loop = Webhook("loop", os.environ["LOOP_WEBHOOK_SECRET"])
glycanage = Webhook("glycanage", os.environ["GLYCANAGE_WEBHOOK_SECRET"])


@app.post("/webhooks/loop")
def receive_loop() -> str:
    return receive(loop)


@app.post("/webhooks/glycanage")
def receive_glycanage() -> str:
    return receive(glycanage)


def receive(webhook: Webhook) -> str:
    event = webhook.verify(request.get_data(), request.headers)
    app.logger.info("received %s", event.type)
    return "OK"


@app.errorhandler(WebhookError)
def refuse(error: WebhookError) -> tuple[str, int]:
    return error.code, error.status or 500
