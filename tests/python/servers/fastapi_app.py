"""FastAPI, for the scenarios."""

from typing import Any

from fastapi import FastAPI
from hookseal.asgi import receiver
from scenarios import handle_async, log, receivers
from starlette.routing import Route

app = FastAPI()


@app.get("/log")
def show_log() -> list[dict[str, Any]]:
    """Give all that the handlers and observers had so far."""
    return log


app.router.routes.extend(Route(path, receive) for path, receive in receivers(receiver, handle_async).items())
