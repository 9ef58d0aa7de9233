"""Whatever is wrong with a backup is found before anything is changed, and its part is named."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from services.audit.archive.notes import Signer, Verifier, new_key, open_checkpoint
from services.ops.backups import key_file, manifest
from services.ops.backups.checking import open_backup
from services.ops.backups.chunks import Tally, pack
from services.ops.backups.container import Scan, Unfinished, scan
from services.ops.backups.refusing import BackupRefused
from services.runtime.follow import Message

ORIGIN = "motmoi/vptu"
PARTS = (
    "README.txt",
    "log/000000000000001.zst",
    "log/000000000000011.zst",
    "log/000000000000021.zst",
    "office/audit.pub",
    "office/api_tokens.json",
    "manifest.json",
    "manifest.note",
)
PRIVATE, PUBLIC = new_key()


def quiet(name: str, done: int, of: int, events: int) -> None:
    """A report nobody hears."""


def chunk(first: int) -> list[Message]:
    return [Message(number, f"event.documents.a.{number}", b"[%d]" % number) for number in range(first, first + 10)]


def write_backup(path: Path, *, private: bytes = PRIVATE, order: tuple[int, ...] = (1, 11, 21), root: str = "") -> None:
    """Write a small backup, true to the form, with its chunks in some order or another root claimed."""
    tally, signer, parts = Tally(), Signer.from_pem(private), []
    unfinished = Unfinished(path.with_suffix(".partial"))

    def add(name: str, content: bytes, first: int | None = None) -> None:
        unfinished.add(name, content)
        parts.append(manifest.part_of(name, content, first, first and first + 9))

    add(PARTS[0], b"words")
    for name, first in zip(PARTS[1:4], order, strict=True):
        add(name, pack(chunk(first)), first)
        tally.add(chunk(first))
    add(PARTS[4], signer.verifier.public_pem)
    add(PARTS[5], b"[]\n")
    claimed = root or tally.frontier.root().hex()
    sums = {"last": 30, "events": 0, "payload_bytes": 200, "root": claimed, "parts": tuple(parts)}
    written = manifest.Manifest(origin=ORIGIN, made_at=datetime(2026, 11, 22, tzinfo=UTC), **sums).to_bytes()
    unfinished.add(manifest.MANIFEST, written)
    note = manifest.sign(written, ORIGIN, 30, bytes.fromhex(claimed), signer)
    unfinished.add(manifest.NOTE, note.encode())
    unfinished.finish(path)
    unfinished.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    write_backup(tmp_path / "office.motmoi")
    (tmp_path / "audit.pub").write_bytes(PUBLIC)
    return tmp_path / "office.motmoi"


def refused(path: Path, public_key: Path | None = None) -> BackupRefused:
    """The refusal of a file, as restore would meet it before anything else."""
    with pytest.raises(BackupRefused) as caught, open_backup(path, public_key) as backup:
        backup.check(quiet)
    assert caught.value.vi
    assert caught.value.part is None or caught.value.part in caught.value.en
    return caught.value


def parts_of(path: Path) -> Scan:
    with path.open("rb") as stream:
        return scan(stream)


def flip(path: Path, place: int, bit: int = 0) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1 << bit
    path.write_bytes(content)


def test_a_whole_backup_passes_by_the_trusted_key_and_by_its_own(file: Path) -> None:
    for key in (None, file.with_name("audit.pub")):
        with open_backup(file, key) as backup:
            backup.check(quiet)
            assert backup.trusted == (key is not None)
            assert [message for messages in backup.batches(14) for message in messages] == [
                *chunk(11)[4:],
                *chunk(21),
            ]
    assert [entry.name for entry in parts_of(file).entries] == list(PARTS)


def test_the_note_of_a_backup_is_a_checkpoint_of_the_log_for_everybody(file: Path) -> None:
    entry = parts_of(file).entries[-1]
    note = file.read_bytes()[entry.start : entry.start + entry.size].decode()
    checkpoint = open_checkpoint(note, Verifier.from_pem(PUBLIC))
    assert (checkpoint.origin, checkpoint.size) == (ORIGIN, 30)


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("share", [0.0, 0.5, 0.999])
@pytest.mark.parametrize("trusted", [False, True])
def test_one_flipped_bit_in_any_part_is_found_and_the_part_named(
    file: Path, name: str, share: float, trusted: bool
) -> None:
    entry = next(entry for entry in parts_of(file).entries if entry.name == name)
    flip(file, entry.start + int(entry.size * share), bit=2)
    error = refused(file, file.with_name("audit.pub") if trusted else None)
    # The key inside is what the signature is first checked with.
    assert error.part == name or (name == "office/audit.pub" and error.part == "manifest.note")


def test_no_bit_of_the_whole_file_can_change_unseen(file: Path) -> None:
    good = file.read_bytes()
    for place in range(0, len(good), 7):
        flip(file, place, bit=place % 8)
        refused(file)
        file.write_bytes(good)


def test_a_file_cut_short_anywhere_is_refused_with_the_last_part_it_has(file: Path) -> None:
    good, entries = file.read_bytes(), parts_of(file).entries
    for before, entry in pairwise(entries):
        for end in (entry.start - 512, entry.start, entry.start + 1, entry.end - 1):
            file.write_bytes(good[:end])
            assert refused(file).part == before.name
    for content in (good[:-512], good + bytes(512), good + b"x"):
        file.write_bytes(content)
        assert refused(file).part == "manifest.note"
    for content in (b"", b"PK\x03\x04" * 400):
        file.write_bytes(content)
        assert "no backup" in refused(file).en


def test_parts_exchanged_are_found(file: Path) -> None:
    content, entries = file.read_bytes(), {entry.name: entry for entry in parts_of(file).entries}
    one, two = entries[PARTS[1]], entries[PARTS[2]]
    assert one.end - one.start == two.end - two.start
    first, second = content[one.start - 512 : one.end], content[two.start - 512 : two.end]
    file.write_bytes(content[: one.start - 512] + second + first + content[two.end :])
    assert refused(file).part == PARTS[1]


def test_a_part_left_out_or_put_in_is_found(file: Path, tmp_path: Path) -> None:
    content, entries = file.read_bytes(), {entry.name: entry for entry in parts_of(file).entries}
    tokens, note = entries["office/api_tokens.json"], entries["manifest.json"]
    file.write_bytes(content[: tokens.start - 512] + content[tokens.end :])
    assert refused(file).part == "office/api_tokens.json"
    more = content[tokens.start - 512 : tokens.end]
    file.write_bytes(content[: note.start - 512] + more + content[note.start - 512 :])
    assert refused(file).part == "office/api_tokens.json"


def test_an_edited_manifest_is_refused(file: Path) -> None:
    content, entry = file.read_bytes(), parts_of(file).entries[-2]
    written = content[entry.start : entry.start + entry.size]
    digest = json.loads(written)["parts"][1]["sha256"].encode()
    edited = written.replace(digest, hashlib.sha256(b"").hexdigest().encode())
    file.write_bytes(content.replace(written, edited))
    assert refused(file).part == "manifest.json"


def test_a_backup_signed_by_another_key_is_refused_where_a_key_is_trusted(file: Path) -> None:
    file.unlink()
    write_backup(file, private=new_key()[0])
    assert refused(file, file.with_name("audit.pub")).part == "manifest.note"
    with open_backup(file, None) as backup:
        backup.check(quiet)


@pytest.mark.parametrize("wrong", [{"order": (1, 21, 11)}, {"root": "00" * 32}])
def test_even_the_signer_cannot_claim_what_the_log_does_not_hold(file: Path, wrong: dict[str, object]) -> None:
    file.unlink()
    write_backup(file, **wrong)  # type: ignore[arg-type]
    assert refused(file, file.with_name("audit.pub")).part in ("manifest.json", PARTS[2])


@pytest.mark.parametrize("spoil", [lambda text: text[:-9], lambda text: text.replace("2026", "2025", 1), lambda _: ""])
def test_a_keys_file_that_is_damaged_or_of_another_office_is_refused(
    tmp_path: Path, spoil: Callable[[str], str]
) -> None:
    signer, path = Signer.from_pem(PRIVATE), tmp_path / "office.keys"
    keys = key_file.Keys(
        origin=ORIGIN, made_at=datetime(2026, 11, 22, tzinfo=UTC), last=30, signing_key=PRIVATE.decode(), personal={}
    )
    key_file.write(path, keys, signer)
    assert key_file.read(path, signer.verifier) == keys
    with pytest.raises(BackupRefused, match="another office"):
        key_file.read(path, Signer.from_pem(new_key()[0]).verifier)
    path.write_text(spoil(path.read_text()))
    with pytest.raises(BackupRefused, match="damaged"):
        key_file.read(path, signer.verifier)
