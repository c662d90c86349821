"""What was sold, each order once: `KAFKA_BROKERS=… DATABASE_URL=postgresql://… python keep_count.py`."""

import os
import signal
import sys
from urllib.parse import unquote, urlsplit

from cartage_client import EventsMissing, PostgresInbox, Subscriber
from cartage_events.OrderPlaced_v1 import OrderPlaced
from pg8000.dbapi import Connection, Cursor, connect


def connected(url: str) -> Connection:
    at = urlsplit(url)
    return connect(at.username, at.hostname, at.path[1:], at.port or 5432, unquote(at.password or ""))


def sold(placed: OrderPlaced, sql: Cursor) -> None:
    sql.execute("insert into sold (order_id, lines) values (%s, %s)", (placed.order_id, len(placed.lines)))
    print(f"sold {placed.order_id}", flush=True)


sql = connected(os.environ["DATABASE_URL"])
sql.cursor().execute("create table if not exists sold (order_id uuid primary key, lines int not null)")
inbox = PostgresInbox(sql)
inbox.create()
subscriber = Subscriber(os.environ["KAFKA_BROKERS"], "my-shop", inbox)
subscriber.on(OrderPlaced, sold)
signal.signal(signal.SIGTERM, lambda *_: subscriber.stop())
try:
    subscriber.follow("order.events")
except EventsMissing as missing:
    print(missing, file=sys.stderr)
    sys.exit(1)
finally:
    sql.close()
