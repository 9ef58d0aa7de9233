"""The command line `motmoi`: one command a module, each with help that teaches."""

import sys

import typer

from services.ops.commands import (
    backing_up,
    feeds,
    followers,
    importing,
    people,
    proofs,
    rebuilding,
    repairing,
    replaying,
    running,
    status,
    tokens,
    trail,
    verifying,
    wear,
)
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
app.command("replay", help=replaying.HELP)(replaying.replay)
app.command("trail", help=trail.HELP)(trail.trail)
app.command("backup", help=backing_up.BACKUP_HELP)(backing_up.backup)
app.command("restore", help=backing_up.RESTORE_HELP)(backing_up.restore)
app.command("evidence", help=proofs.EVIDENCE_HELP)(proofs.evidence)
app.command("checkpoint", help=proofs.CHECKPOINT_HELP)(proofs.checkpoint)
app.command("wear", help=wear.HELP)(wear.wear)
app.add_typer(verifying.app, name="verify")
app.add_typer(repairing.app, name="repair")
app.add_typer(followers.app, name="follower")
app.add_typer(importing.app, name="import")
app.add_typer(people.app, name="person")
app.add_typer(tokens.app, name="token")
app.add_typer(feeds.app, name="feed")


def main() -> None:
    """Run the command line; exit 0 when done, 1 when something was refused or is not well, 2 for wrong usage."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
