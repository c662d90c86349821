"""What is in stock now: `KAFKA_BROKERS=… DATABASE_URL=postgresql://… python keep_stock.py`."""

import os
import signal
from urllib.parse import unquote, urlsplit

from cartage_client import Standing, StateFollower
from cartage_states.StockState_v1 import StockState
from pg8000.dbapi import Connection, connect

KEEP = """
insert into stock_now (key, available, sequence) values (%s, %s, %s)
on conflict (key) do update set available = excluded.available, sequence = excluded.sequence where stock_now.sequence <= excluded.sequence"""
# One that is gone keeps its number, so that nothing older brings it back.
GONE = """
insert into stock_now (key, available, sequence) values (%s, null, %s)
on conflict (key) do update set available = null, sequence = excluded.sequence where stock_now.sequence <= excluded.sequence"""


def connected(url: str) -> Connection:
    at = urlsplit(url)
    return connect(at.username, at.hostname, at.path[1:], at.port or 5432, unquote(at.password or ""))


def keep(standing: Standing[StockState]) -> None:
    cursor = sql.cursor()
    if standing.state is None:
        cursor.execute(GONE, (standing.key, standing.sequence))
    else:
        cursor.execute(KEEP, (standing.key, standing.state.available, standing.sequence))
    sql.commit()


sql = connected(os.environ["DATABASE_URL"])
sql.cursor().execute("create table if not exists stock_now (key text primary key, available bigint, sequence bigint not null)")
sql.commit()
follower = StateFollower(os.environ["KAFKA_BROKERS"], "my-stock")
follower.on(StockState, keep)
signal.signal(signal.SIGTERM, lambda *_: follower.stop())
try:
    follower.follow("stock.state")
finally:
    sql.close()
