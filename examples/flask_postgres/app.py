"""Flask with PostgreSQL: what a handler writes and the claim of the event are committed together."""

import os

from flask import Flask
from hookseal import AnyEvent, Context, ReportReady, Webhook
from hookseal.flask import receiver
from hookseal.sql import PostgresTransactions
from psycopg_pool import ConnectionPool

app = Flask(__name__)
webhook = Webhook("glycanage", os.environ["GLYCANAGE_WEBHOOK_SECRET"])
pool = ConnectionPool(
    os.environ["DATABASE_URL"],
    max_size=16,  # as many as deliveries are handled at a time
    timeout=2,  # without a free one, the sender soon hears 503
    reconnect_timeout=0.5,  # a database that was away is looked for at the next delivery
    check=ConnectionPool.check_connection,  # which gets no connection that has died meanwhile
    open=True,
)
store = PostgresTransactions(pool.connection, name="glycanage")
store.setup()


@app.post("/webhooks/glycanage")
@receiver(webhook, store=store)
def receive(event: AnyEvent, context: Context) -> None:
    if isinstance(event, ReportReady):
        report = (event.data["reportId"], event.data.get("kitCode"))
        context.tx.execute("INSERT INTO reports (id, kit) VALUES (%s, %s) ON CONFLICT DO NOTHING", report)
