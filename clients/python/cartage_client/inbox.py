"""Where a subscriber keeps the number of the last event that it took of each subject."""

from collections.abc import Callable

from pg8000.dbapi import Connection, Cursor

CREATE = """
create table if not exists cartage_inbox (
  subscriber text not null, topic text not null, subject text not null, sequence bigint not null,
  taken_at timestamptz not null default now(), primary key (subscriber, topic, subject))"""

# A row that is there already is locked by it, too: of one subject one at a time.
LAST = """
insert into cartage_inbox as inbox (subscriber, topic, subject, sequence) values (%s, %s, %s, 0)
on conflict (subscriber, topic, subject) do update set sequence = inbox.sequence returning sequence"""

REMEMBER = "update cartage_inbox set sequence = %s, taken_at = now() where subscriber = %s and topic = %s and subject = %s"


class EventsMissing(Exception):
    """Events between the last one that was taken and the one that came. Whatever came after them was not taken."""

    def __init__(self, topic: str, subject: str, first: int, last: int) -> None:
        which = f"event {first} is" if first == last else f"events {first} to {last} are"
        super().__init__(f"{topic}, {subject}: {which} missing; {last + 1} came.")
        self.topic, self.subject, self.first, self.last = topic, subject, first, last


class PostgresInbox:
    """In the database where your own data is, so that what a handler writes and the number are there both or neither.

    The connection is the inbox's own, and does not commit by itself.
    """

    def __init__(self, sql: Connection) -> None:
        self._sql = sql

    def create(self) -> None:
        """Makes the table, if it is not there yet."""
        self._sql.cursor().execute(CREATE)
        self._sql.commit()

    def take(self, subscriber: str, topic: str, subject: str, sequence: int, work: Callable[[Cursor], None]) -> bool:
        """Whether it was the next event of its subject, and was handled; one that was taken before is passed over."""
        try:
            is_next = self._take((subscriber, topic, subject), sequence, work)
            self._sql.commit()
            return is_next
        except BaseException:
            self._sql.rollback()
            raise

    def _take(self, of: tuple[str, str, str], sequence: int, work: Callable[[Cursor], None]) -> bool:
        cursor = self._sql.cursor()
        cursor.execute(LAST, of)
        [last] = cursor.fetchone()
        if sequence <= last:
            return False
        if sequence > last + 1:
            raise EventsMissing(of[1], of[2], last + 1, sequence - 1)
        work(cursor)
        cursor.execute(REMEMBER, (sequence, *of))
        return True
