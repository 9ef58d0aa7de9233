"""The command line `motmoi`: one command a module, each with help that teaches."""

import sys

import typer

from services.ops.commands import importing, rebuilding, running, status, tokens
from services.ops.language import in_language

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
app.command("run", help=running.HELP)(running.run)
app.command("status", help=status.HELP)(status.status)
app.command("rebuild", help=rebuilding.HELP)(rebuilding.rebuild)
app.add_typer(importing.app, name="import")
app.add_typer(tokens.app, name="token")


def main() -> None:
    """Run the command line; exit 0 when done, 1 when something was refused or is not well, 2 for wrong usage."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
