"""Run as a script: become another program that ends with its parent, as another user where asked.

Arguments: the parent's process id, the signal to get when it dies, user id, group id (-1: keep), niceness, command.
The parent-death signal is lost when the user changes, so the user changes first; a parent may die before the signal
is asked for, so it is looked at last.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main(parent: int, death_signal: int, user: int, group: int, niceness: int, command: list[str]) -> None:
    """Replace this process by `command`; raises OSError when the user, the folder or the program is out of reach."""
    if niceness:
        os.nice(niceness)
    if user >= 0:
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() == parent:
        os.execv(command[0], command)


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:6]]
    main(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], sys.argv[6:])
