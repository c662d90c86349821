"""Cartage's events for Python: models of each, and a subscriber that proves that it missed nothing and doubled nothing."""

from .inbox import EventsMissing, PostgresInbox
from .subscriber import Subscriber

__all__ = ["EventsMissing", "PostgresInbox", "Subscriber"]
