"""Cartage's events and states for Python: a subscriber that proves that it missed nothing and doubled nothing, and a follower of what is now."""

from .inbox import EventsMissing, PostgresInbox
from .states import Standing, StateFollower
from .subscriber import Subscriber

__all__ = ["EventsMissing", "PostgresInbox", "Standing", "StateFollower", "Subscriber"]
