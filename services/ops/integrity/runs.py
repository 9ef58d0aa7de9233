"""Sequences kept as runs: damage comes in blocks, and a lost log is one run of millions."""

from collections.abc import Iterator


class Runs:
    """A growing set of sequences; add them in order."""

    def __init__(self) -> None:
        """Start with none."""
        self._runs: list[tuple[int, int]] = []
        self.count = 0

    def add(self, first: int, last: int | None = None) -> None:
        """Add a sequence, or all from one to another."""
        last = first if last is None else last
        self.count += last - first + 1
        if self._runs and self._runs[-1][1] == first - 1:
            self._runs[-1] = (self._runs[-1][0], last)
        else:
            self._runs.append((first, last))

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Give each run as its first and last sequence."""
        return iter(self._runs)

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return bool(self._runs)

    def sequences(self) -> Iterator[int]:
        """Give every sequence."""
        for first, last in self._runs:
            yield from range(first, last + 1)

    @property
    def first(self) -> int:
        """The lowest sequence; raises IndexError when there is none."""
        return self._runs[0][0]

    @property
    def last(self) -> int:
        """The highest sequence; raises IndexError when there is none."""
        return self._runs[-1][1]

    def text(self, most: int = 5) -> str:
        """Return the runs for people, a few of them."""
        shown = [f"{first:,}" if first == last else f"{first:,}-{last:,}" for first, last in self._runs[:most]]
        return ", ".join(shown) + (", …" if len(self._runs) > most else "")
