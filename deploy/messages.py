"""What deployment says to people: errors and progress lines, always in Vietnamese and in English."""

from typing import Protocol


class DeployError(RuntimeError):
    """Deployment cannot go on; `vi` and `en` each say why and what to do next."""

    def __init__(self, *, vi: str, en: str) -> None:
        super().__init__(f"{vi}\n{en}")
        self.vi = vi
        self.en = en


class Say(Protocol):
    """Takes one progress line in both languages and shows the reader's own."""

    def __call__(self, *, vi: str, en: str) -> None: ...


def silent(*, vi: str, en: str) -> None:
    """Show nothing: for tests and for programs that only want the result."""
