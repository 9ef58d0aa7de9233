"""The Merkle tree over the log, against the published vectors, the text of RFC 9162 and a tree by somebody else."""

from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from services.audit.archive.merkle import (
    EMPTY_ROOT,
    Frontier,
    Node,
    Range,
    consistency_ranges,
    data_hash,
    inclusion_ranges,
    leaf_hash,
    node_hash,
    peak_ranges,
    range_hash,
    spans,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The leaves of the test vectors of Certificate Transparency."""
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The root of the first 0, 1, ... 8 of these leaves."""
H01 = ROOTS[2]
H23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
INCLUSION = [
    (0, 1, []),
    (
        0,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            H23,
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            ROOTS[4],
        ],
    ),
    (2, 3, [H01]),
    (1, 5, [ROOTS[1], H23, "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"]),
]
CONSISTENCY = [
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            H23,
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            ROOTS[4],
        ],
    ),
    (2, 5, [H23, "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"]),
]

MANY = [data_hash(str(index).encode()) for index in range(66_000)]
"""Enough leaves for a stored node of the second level."""
GROWN, NODES = Frontier().extend(MANY)
STORED = {(0, index): made for index, made in enumerate(MANY)} | {(level, place): made for level, place, made in NODES}
SIZES = st.one_of(st.integers(1, 20), st.integers(1, 1_000), st.integers(1, len(MANY)))


# --- the text of RFC 9162, section 2.1, word for word ---------------------------------------------------------------


def largest_power_below(count: int) -> int:
    power = 1
    while power * 2 < count:
        power *= 2
    return power


def mth(leaves: Sequence[bytes]) -> bytes:
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = largest_power_below(len(leaves))
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path_of(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = largest_power_below(len(leaves))
    if m < k:
        return [*path_of(m, leaves[:k]), mth(leaves[k:])]
    return [*path_of(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: Sequence[bytes], whole: bool) -> list[bytes]:
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = largest_power_below(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


# --- proofs as the service makes them -------------------------------------------------------------------------------


def hashed(ranges: list[Range]) -> list[bytes]:
    """The hashes of ranges out of nothing but what `spans` says to fetch."""
    fetched = {
        (level, place): STORED[level, place] for level, first, end in spans(ranges) for place in range(first, end)
    }
    return [range_hash(leaves, fetched) for leaves in ranges]


def root(size: int) -> bytes:
    return Frontier.resume(size, STORED).root()


def flipped(text: bytes, bit: int) -> bytes:
    return text[: bit // 8] + bytes([text[bit // 8] ^ 1 << bit % 8]) + text[bit // 8 + 1 :]


@st.composite
def leaf_in_tree(draw: st.DrawFn) -> tuple[int, int]:
    size = draw(SIZES)
    return draw(st.integers(0, size - 1)), size


@st.composite
def grown_tree(draw: st.DrawFn) -> tuple[int, int]:
    second = draw(SIZES)
    return draw(st.integers(1, second)), second


# --- vectors --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_certificate_transparency(size: int) -> None:
    frontier, _ = Frontier().extend(map(data_hash, LEAVES[:size]))
    assert frontier.root().hex() == ROOTS[size]
    assert EMPTY_ROOT.hex() == ROOTS[0]


@pytest.mark.parametrize(("index", "size", "path"), INCLUSION)
def test_an_inclusion_path_is_that_of_certificate_transparency(index: int, size: int, path: list[str]) -> None:
    stored = {(0, place): data_hash(leaf) for place, leaf in enumerate(LEAVES)}
    made = [range_hash(leaves, stored) for leaves in inclusion_ranges(index, size)]
    assert [part.hex() for part in made] == path
    assert verify_inclusion(data_hash(LEAVES[index]), index, size, made, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("first", "second", "path"), CONSISTENCY)
def test_a_consistency_path_is_that_of_certificate_transparency(first: int, second: int, path: list[str]) -> None:
    stored = {(0, place): data_hash(leaf) for place, leaf in enumerate(LEAVES)}
    made = [range_hash(leaves, stored) for leaves in consistency_ranges(first, second)]
    assert [part.hex() for part in made] == path
    assert verify_consistency(first, second, bytes.fromhex(ROOTS[first]), bytes.fromhex(ROOTS[second]), made)


def test_a_message_is_a_leaf_of_its_sequence_subject_and_payload() -> None:
    payload = '[{"data":"Tờ trình"}]'.encode()
    data = b"7\nevent.documents.incoming.01\n" + payload
    assert leaf_hash(7, "event.documents.incoming.01", payload) == sha256(b"\x00" + data).digest() == data_hash(data)


def test_a_leaf_is_never_a_node() -> None:
    left, right = data_hash(b"a"), data_hash(b"b")
    assert node_hash(left, right) == sha256(b"\x01" + left + right).digest() != data_hash(left + right)


# --- other implementations ------------------------------------------------------------------------------------------


def test_all_proofs_of_small_trees_are_as_the_text_of_the_rfc_has_them() -> None:
    for size in range(1, 26):
        assert root(size) == range_hash((0, size), STORED) == mth(MANY[:size])
        for part in range(size):
            assert hashed(inclusion_ranges(part, size)) == path_of(part, MANY[:size])
            assert hashed(consistency_ranges(part + 1, size)) == subproof(part + 1, MANY[:size], True)


@pytest.mark.parametrize("size", [255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 66_000])
def test_proofs_from_stored_nodes_are_as_the_text_of_the_rfc_has_them(size: int) -> None:
    assert root(size) == mth(MANY[:size])
    for part in {254, size // 3, size - 2} if size < 1_000 else {size // 3}:
        assert hashed(inclusion_ranges(part, size)) == path_of(part, MANY[:size])
        assert hashed(consistency_ranges(part + 1, size)) == subproof(part + 1, MANY[:size], True)


def test_a_tree_by_somebody_else_has_the_same_roots_and_inclusion_paths() -> None:
    other = InmemoryTree(algorithm="sha256")
    for index in range(300):
        other.append_entry(str(index).encode())
    for size in (1, 2, 3, 7, 8, 20, 33, 255, 256, 257, 299, 300):
        assert other.get_root(size) == root(size)
        for index in {0, 1, 2, size // 2, size - 1} & set(range(size)):
            assert other.prove_inclusion(index + 1, size).path[1:] == hashed(inclusion_ranges(index, size))


# --- growing --------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 700), max_size=12), st.integers(0, 3_000))
def test_however_a_tree_grows_it_is_the_same_tree(batches: list[int], begun: int) -> None:
    frontier, nodes = Frontier.resume(begun, STORED), list[Node]()
    for batch in batches:
        frontier, made = frontier.extend(MANY[frontier.size : frontier.size + batch])
        nodes += made
    assert frontier == Frontier.resume(begun + sum(batches), STORED)
    assert sorted(nodes) == [node for node in NODES if begun < (node.place + 1) * 256**node.level <= frontier.size]


def test_each_full_256_nodes_are_stored_as_one() -> None:
    assert [node.place for node in NODES if node.level == 1] == list(range(len(MANY) // 256))
    assert [(node.level, node.place, node.hash) for node in NODES if node.level > 1] == [(2, 0, mth(MANY[:65_536]))]
    assert all(node.hash == mth(MANY[node.place * 256 : node.place * 256 + 256]) for node in NODES[:3])


def test_a_frontier_is_a_value_that_a_failed_extension_leaves_alone() -> None:
    before = Frontier.resume(300, STORED)
    before.extend(MANY[300:600])
    assert before == Frontier.resume(300, STORED)


@pytest.mark.parametrize(("size", "peaks"), [(-1, ()), (0, (b"1" * 32,)), (3, (b"1" * 32,)), (1, (b"1" * 31,))])
def test_a_frontier_has_one_hash_for_each_complete_subtree(size: int, peaks: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match="complete subtrees"):
        Frontier(size, peaks)


def test_a_frontier_does_not_resume_without_its_stored_nodes() -> None:
    with pytest.raises(KeyError):
        Frontier.resume(300, {key: made for key, made in STORED.items() if key != (1, 0)})


# --- what is fetched ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1_000_000, 9_999_999, 10_000_000, 2**24 - 1])
def test_a_proof_of_millions_of_messages_takes_a_handful_of_fetches(size: int) -> None:
    proofs = [inclusion_ranges(index, size) for index in (0, 255, size // 2, size - 1)]
    proofs += [consistency_ranges(first, size) for first in (1, size // 3, size - 1)] + [peak_ranges(size), [(0, size)]]
    for ranges in proofs:
        fetches = spans(ranges)
        assert len(fetches) <= 6
        assert sum(end - first for _, first, end in fetches) < 1_600
        assert all(0 <= first < end <= size >> 8 * level for level, first, end in fetches)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_path_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_ranges(index, size)


@pytest.mark.parametrize(("first", "second"), [(0, 3), (4, 3), (-1, 3), (0, 0)])
def test_no_proof_leads_from_nothing_or_backwards(first: int, second: int) -> None:
    with pytest.raises(ValueError, match="no proof"):
        consistency_ranges(first, second)


def test_an_empty_range_has_no_hash() -> None:
    with pytest.raises(ValueError, match="no leaves"):
        range_hash((5, 5), STORED)


# --- verifying ------------------------------------------------------------------------------------------------------


@given(leaf_in_tree(), st.data())
def test_an_inclusion_proof_holds_and_with_anything_changed_it_does_not(
    at: tuple[int, int], draws: st.DataObject
) -> None:
    index, size = at
    leaf, path, top = MANY[index], hashed(inclusion_ranges(index, size)), root(size)
    assert verify_inclusion(leaf, index, size, path, top)
    bit = draws.draw(st.integers(0, 255))
    assert not verify_inclusion(flipped(leaf, bit), index, size, path, top)
    assert not verify_inclusion(leaf, index, size, path, flipped(top, bit))
    for place, part in enumerate(path):
        assert not verify_inclusion(leaf, index, size, [*path[:place], flipped(part, bit), *path[place + 1 :]], top)
        assert not verify_inclusion(leaf, index, size, [*path[:place], *path[place + 1 :]], top)
        assert not verify_inclusion(leaf, index, size, [*path[:place], part[:-1], *path[place + 1 :]], top)
    assert not verify_inclusion(leaf, index, size, [*path, top], top)
    assert not verify_inclusion(leaf, index, size, [leaf, *path], top)
    other_index = draws.draw(st.integers(-1, size + 1))
    assert verify_inclusion(leaf, other_index, size, path, top) == (other_index == index)
    other_size = draws.draw(SIZES)
    assert verify_inclusion(leaf, index, other_size, path, root(other_size)) == (other_size == size)


@given(grown_tree(), st.data())
def test_a_consistency_proof_holds_and_with_anything_changed_it_does_not(
    sizes: tuple[int, int], draws: st.DataObject
) -> None:
    first, second = sizes
    path, old, new = hashed(consistency_ranges(first, second)), root(first), root(second)
    assert verify_consistency(first, second, old, new, path)
    bit = draws.draw(st.integers(0, 255))
    assert not verify_consistency(first, second, flipped(old, bit), new, path)
    assert not verify_consistency(first, second, old, flipped(new, bit), path)
    for place, part in enumerate(path):
        changed = [*path[:place], flipped(part, bit), *path[place + 1 :]]
        assert not verify_consistency(first, second, old, new, changed)
        assert not verify_consistency(first, second, old, new, [*path[:place], *path[place + 1 :]])
        assert not verify_consistency(first, second, old, new, [*path[:place], part + b"0", *path[place + 1 :]])
    assert not verify_consistency(first, second, old, new, [*path, new])
    assert not verify_consistency(first, second, old, new, [old, *path])
    other = draws.draw(SIZES)
    assert verify_consistency(other, second, root(other), new, path) == (other == first)
    assert verify_consistency(first, other, old, root(other), path) == (other == second)


def test_every_pair_of_small_trees_is_consistent() -> None:
    for second in range(1, 40):
        for first in range(1, second + 1):
            path = hashed(consistency_ranges(first, second))
            assert verify_consistency(first, second, root(first), root(second), path)


def test_a_log_with_one_message_rewritten_is_consistent_with_no_checkpoint_that_had_it() -> None:
    rewritten, _ = Frontier().extend([*MANY[:4], data_hash(b"other"), *MANY[5:40]])
    for first in range(5, 41):
        assert not verify_consistency(first, 40, root(first), rewritten.root(), hashed(consistency_ranges(first, 40)))


@pytest.mark.parametrize("path", [[], [MANY[0]], [b""], [MANY[0]] * 70])
@pytest.mark.parametrize(("part", "size"), [(-1, 1), (0, 0), (1, 1), (9, 8), (-3, -2), (2**70, 2**71)])
def test_what_is_no_proof_proves_nothing_and_raises_nothing(part: int, size: int, path: list[bytes]) -> None:
    assert not verify_inclusion(MANY[1], part, size, path, MANY[1])
    assert not verify_consistency(part, size, MANY[1], MANY[2], path)
    assert not verify_consistency(part, size, b"", b"", path)


def test_two_trees_of_one_size_are_the_same_tree() -> None:
    assert verify_consistency(5, 5, root(5), root(5), [])
    assert not verify_consistency(5, 5, root(5), root(6), [])
    assert not verify_consistency(5, 5, root(5), root(5), [root(5)])
    assert not verify_consistency(0, 5, EMPTY_ROOT, root(5), [])
