"""A Django with ATOMIC_REQUESTS in two databases: prints what each delivery was answered, and left in them."""

import django
from django.conf import settings

MEMORY = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "ATOMIC_REQUESTS": True}
settings.configure(
    ROOT_URLCONF=__name__, SECRET_KEY="not used", DATABASES={"default": MEMORY, "other": MEMORY}, LOGGING_CONFIG=None
)
django.setup()

from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import path  # noqa: E402
from hookseal import Event, MemoryStore, Record, Webhook  # noqa: E402
from hookseal.django import receiver  # noqa: E402

SCHEMA = (
    "CREATE TABLE known (id text PRIMARY KEY)",
    "CREATE TABLE written (id text REFERENCES known DEFERRABLE INITIALLY DEFERRED)",
)
WEBHOOK = Webhook("loop", "a secret")
records: list[Record] = []


@receiver(WEBHOOK, store=MemoryStore(), observe=records.append)
def handle(event: Event) -> None:
    """Write to both, and then do as the event says."""
    for alias in connections:
        with connections[alias].cursor() as cursor:
            if event.id != "cannot be committed":
                cursor.execute("INSERT INTO known VALUES (%s)", [event.id])
            cursor.execute("INSERT INTO written VALUES (%s)", [event.id])
    if event.id == "fails":
        raise ValueError


urlpatterns = [path("", handle)]

for alias in connections:
    with connections[alias].cursor() as setup:
        for statement in SCHEMA:
            setup.execute(statement)

for number in ("fails", "cannot be committed", "works"):
    body = f'{{"type":"protocol.started","id":"{number}"}}'.encode()
    signature = {WEBHOOK.signature_header: WEBHOOK.sign(body)}
    reply = Client(raise_request_exception=False).post("/", body, "application/json", headers=signature)
    found = []
    for alias in connections:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM written")
            found.append(cursor.fetchone()[0])
    print(number, reply.status_code, records.pop().outcome, *found, sep=", ")
