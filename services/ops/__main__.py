"""The command line `motmoi`: one command a module, each with help that teaches."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer

from services.ops.language import in_language

COMMANDS = {
    "run": "running.run",
    "status": "status.status",
    "rebuild": "rebuilding.rebuild",
    "replay": "replaying.replay",
    "trail": "trail.trail",
    "backup": "backing_up.backup",
    "restore": "backing_up.restore",
    "evidence": "proofs.evidence",
    "checkpoint": "proofs.checkpoint",
    "wear": "wear.wear",
    "verify": "verifying.app",
    "repair": "repairing.app",
    "follower": "followers.app",
    "import": "importing.app",
    "export": "exporting.app",
    "person": "people.app",
    "token": "tokens.app",
    "feed": "feeds.app",
}
"""Where each command is; only what is asked for is imported, since all of them know every service."""
_HELP = {name: f"{name.upper()}_HELP" for name in ("backup", "restore", "evidence", "checkpoint")}
"""What help is called in modules of two commands."""


def command_line(names: Sequence[str] = tuple(COMMANDS)) -> typer.Typer:
    """Return the command line with these commands; all of them when nothing is named."""
    app = typer.Typer(
        name="motmoi",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help=in_language(
            vi="Một Mối: văn phòng phục vụ chung trên một nhật ký sự kiện. Bắt đầu bằng: motmoi run",
            en="Một Mối: the shared office on one event log. Begin with: motmoi run",
        ),
    )
    # Typer runs a single command without its name; a callback keeps the name.
    app.callback()(lambda: None)
    for name in names:
        file, _, attribute = COMMANDS[name].partition(".")
        module = import_module(f"services.ops.commands.{file}")
        command: Any = getattr(module, attribute)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name, help=getattr(module, _HELP.get(name, "HELP")))(command)
    return app


def main() -> None:
    """Run the command line; exit 0 when done, 1 when something was refused or is not well, 2 for wrong usage."""
    named = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    try:
        command_line((named,) if named in COMMANDS else tuple(COMMANDS))()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
