"""What was rendered last: many people watching cost one rendering."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Latest(Generic[T]):
    """The most recently asked answers, by a key that changes whenever the answer would.

    Two who ask for a new key at once may both make it: nobody waits for another's rendering.
    """

    def __init__(self, most: int) -> None:
        """most: how many answers are kept."""
        self._most = most
        self._kept: OrderedDict[str, T] = OrderedDict()
        self._lock = Lock()

    def clear(self) -> None:
        """Forget them all."""
        with self._lock:
            self._kept.clear()

    def of(self, key: str, make: Callable[[], T]) -> T:
        """The answer kept under `key`, or a new one."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
