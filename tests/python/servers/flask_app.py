"""Flask, for the scenarios."""

from flask import Flask, Response, jsonify, request
from hookseal.flask import receiver
from scenarios import log, receivers

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

app = Flask(__name__)


@app.get("/log")
def show_log() -> Response:
    """Give all that the handlers and observers had so far."""
    return jsonify(log)


@app.before_request
def parse() -> None:
    """Read the body before the receiver does, as somebody's own middleware might."""
    if request.path == "/parsed":
        _ = request.form


for path, receive in receivers(receiver).items():
    app.add_url_rule(path, path, receive, methods=METHODS, provide_automatic_options=False)
