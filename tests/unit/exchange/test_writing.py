"""Writing a bundle: what is in it, in which order, and when nothing is written."""

import errno
import io
import os
import shutil
import tarfile
import threading
from collections import namedtuple
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest
import zstandard

from tests.bundles import OTHER, TOWN, VILLAGE, chain, draft, payloads, photo, take
from villagedesk.base.errors import Refused, Surroundings
from villagedesk.base.files import write_stream
from villagedesk.exchange import aside, bundle, outgoing, seal
from villagedesk.exchange import head as form
from villagedesk.records.entry import Entry, line_of

ENTRIES = chain(payloads(5))


def tar_of(path: Path) -> list[tuple[str, bytes]]:
    """The members by other people's code."""
    plain = pyrage.decrypt(path.read_bytes(), [pyrage.x25519.Identity.from_str(TOWN.age_sk)])
    packed = zstandard.ZstdDecompressor().stream_reader(plain, read_across_frames=True)
    with tarfile.open(fileobj=io.BytesIO(packed.read())) as tar:
        return [(m.name.partition("/")[2], tar.extractfile(m).read()) for m in tar]


def test_a_bundle_comes_back_whole(tmp_path):
    pictures = [photo(b"one"), photo(b"", "bin"), photo(bytes(3 << 20), "pdf")]
    made = draft([ENTRIES], pictures, signers=seal.allowed_signers([(VILLAGE.did, VILLAGE.sign_pk)]))
    done = bundle.write(tmp_path / "b.age", made, VILLAGE)
    back = take(tmp_path / "b.age")
    assert back.entries == ENTRIES
    assert back.blobs == {p.sha256: p.read() for p in pictures}
    assert (back.head, back.tag, back.sha256) == (done.head, done.tag, done.sha256)
    assert replace(done.head, files=()) == made.head
    assert done.size == (tmp_path / "b.age").stat().st_size


def test_the_sender_can_open_it_again_and_nobody_else(tmp_path):
    bundle.write(tmp_path / "b.age", draft([ENTRIES]), VILLAGE)
    assert take(tmp_path / "b.age", VILLAGE).entries == ENTRIES
    with pytest.raises(bundle.BundleError):
        take(tmp_path / "b.age", OTHER)


def test_the_order_of_the_files(tmp_path):
    made = draft([ENTRIES], [photo(b"one"), photo(b"two")], signers="x\n")
    bundle.write(tmp_path / "b.age", made, VILLAGE)
    assert [name for name, _ in tar_of(tmp_path / "b.age")] == [
        "bagit.txt", "bag-info.txt", "bundle.json", "manifest-sha256.txt", "tagmanifest-sha256.txt", "tagmanifest-sha256.txt.sig",
        "data/allowed_signers", f"data/journal/{VILLAGE.did}/000000001-000000005.tsv",
        form.blob_path(photo(b"one").sha256, "jpg"), form.blob_path(photo(b"two").sha256, "jpg"),
    ]  # fmt: skip


def test_an_acknowledgement_alone_travels(tmp_path):
    bundle.write(tmp_path / "b.age", draft([]), VILLAGE)
    assert take(tmp_path / "b.age").head.knows == {TOWN.did: (3, "ab" * 32)}


def test_several_chains_and_later_parts_of_them(tmp_path):
    branch = chain(payloads(4), f"{VILLAGE.did}.0123abcd")
    towns = chain(payloads(3), TOWN.did)
    bundle.write(tmp_path / "b.age", draft([ENTRIES, towns, branch], first=3), VILLAGE)
    assert take(tmp_path / "b.age").entries == [*ENTRIES[2:], *towns[2:], *branch[2:]]


def test_withheld_payloads_travel_as_their_hash(tmp_path):
    stubs = [replace(e, payload=None) if e.env.seq % 2 else e for e in ENTRIES]
    bundle.write(tmp_path / "b.age", draft([stubs]), VILLAGE)
    assert take(tmp_path / "b.age").entries == stubs


def test_journal_files_are_cut_by_lines_and_by_size(tmp_path, monkeypatch):
    monkeypatch.setattr(form, "MEMBER_LINES", 2)
    path = tmp_path / "b.age"
    done = bundle.write(path, draft([ENTRIES]), VILLAGE)
    assert [p[-23:-4] for p, _ in done.head.files] == [
        "000000001-000000002",
        "000000003-000000004",
        "000000005-000000005",
    ]
    assert take(path).entries == ENTRIES
    monkeypatch.setattr(form, "MEMBER_LINES", 10_000)
    large = chain([b'"%b"' % (b"x" * (1 << 20)) for _ in range(9)])
    large = chain([e.payload[: 1 << 20] for e in large])
    done = bundle.write(path, draft([large]), VILLAGE)
    assert [size <= form.MEMBER_SIZE for _, size in done.head.files] == [True, True]
    assert take(path).entries == large


def test_names_of_files_are_legal_everywhere(tmp_path):
    name = bundle.file_name(VILLAGE.did, "522731100", 12)
    assert name == f"vd1-{VILLAGE.did}-522731100-000012.tar.zst.age"
    assert bundle.hint(Path(name)) == (VILLAGE.did, "522731100", 12)
    assert bundle.hint(Path(f"副本 {name}")) == bundle.hint(Path(name))
    assert bundle.hint(Path("会议.docx")) is None
    done = bundle.write(tmp_path / name, draft([ENTRIES], [photo(b"one", "jpeg")]), VILLAGE)
    reserved = {"CON", "PRN", "AUX", "NUL", *(f"{n}{i}" for n in ("COM", "LPT") for i in range(10))}
    paths = [name, *(f"{done.head.id}/{path}" for path, _ in tar_of(tmp_path / name))]
    for part in (p for path in paths for p in path.split("/")):
        assert part.isascii()
        assert not set(part) & set('<>:"/\\|?*')
        assert all(c > " " for c in part)
        assert part[-1] not in ". "
        assert part.split(".")[0].upper() not in reserved
    assert all(len(path) <= 100 for path in paths)
    assert len({path.lower() for path in paths}) == len(paths)


def test_the_journal_kept_aside_is_not_in_the_clear(monkeypatch):
    disk = io.BytesIO()
    monkeypatch.setattr(aside.tempfile, "SpooledTemporaryFile", lambda _: disk)
    with aside.Aside() as kept:
        kept.put(b"a name that nobody may read")
        kept.put(b" on a disk")
        assert b"name" not in disk.getvalue()
        assert b"".join(kept.take()) == b"a name that nobody may read on a disk"


# --- nothing written ------------------------------------------------------------------------------


def nothing_left(folder: Path) -> bool:
    return list(folder.iterdir()) == [] and not [t for t in threading.enumerate() if t.name == "bundle"]


def test_too_much_for_one_bundle(tmp_path, monkeypatch):
    monkeypatch.setattr(form, "CAP", 1000)
    with pytest.raises(Refused, match="一个数据包最多"):
        bundle.write(tmp_path / "b.age", draft([ENTRIES], [photo(bytes(1000))]), VILLAGE)
    assert nothing_left(tmp_path)


def test_no_room_is_said_before_the_work(tmp_path, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1, 1, 100_000))
    with pytest.raises(Surroundings, match="空间不够：要1MB，只剩0MB"):
        bundle.write(tmp_path / "b.age", draft([ENTRIES]), VILLAGE)
    assert nothing_left(tmp_path)


@pytest.mark.parametrize("data", [b"twp", b"two!"])
def test_a_spoilt_attachment_is_not_sent(tmp_path, data):
    bad = replace(photo(b"two"), read=lambda: data)
    with pytest.raises(Surroundings, match="附件"):
        bundle.write(tmp_path / "b.age", draft([ENTRIES], [photo(b"one"), bad]), VILLAGE)
    assert nothing_left(tmp_path)


def test_an_error_of_the_caller_comes_through(tmp_path):
    def fail() -> bytes:
        raise KeyError("lost")

    with pytest.raises(KeyError, match="lost"):
        bundle.write(tmp_path / "b.age", draft([ENTRIES], [replace(photo(b"one"), read=fail)]), VILLAGE)
    assert nothing_left(tmp_path)


class Full:
    """A stick that takes some bytes and then no more."""

    def __init__(self, room: int) -> None:
        self.room = room

    def write(self, data: bytes) -> int:
        self.room -= len(data)
        if self.room < 0:
            raise OSError(errno.ENOSPC, "full")
        return len(data)


@pytest.mark.parametrize("room", [0, 300, 100_000, 4_000_000])
def test_a_stick_that_fills_up_stops_it_at_once(tmp_path, monkeypatch, room):
    pictures = [photo(os.urandom(200_000)) for _ in range(30)]
    monkeypatch.setattr(outgoing, "write_stream", lambda _, fill: fill(Full(room)))
    with pytest.raises(OSError, match="full"):
        bundle.write(tmp_path / "b.age", draft([ENTRIES], pictures), VILLAGE)
    assert nothing_left(tmp_path)


class Filling:
    """A file on a stick that is full at one write and takes the others."""

    def __init__(self, file, full_at: int) -> None:
        self.file, self.left = file, full_at

    def write(self, data: bytes) -> int:
        self.left -= 1
        if self.left == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self.file.write(data)


@pytest.mark.parametrize(("size", "full_at"), [(0, 1), (100_000, 1), (100_000, 2), (100_000, 3)])
def test_a_stick_that_fills_up_is_told_as_full_at_whichever_write(tmp_path, monkeypatch, size, full_at):
    """age writes pieces of 64 KiB, and keeps quiet when the one fails that is left over at the end."""
    monkeypatch.setattr(
        outgoing, "write_stream", lambda path, fill: write_stream(path, lambda f: fill(Filling(f, full_at)))
    )
    with pytest.raises(Surroundings, match="空间不够，没有写完，也没有留下半个文件"):
        bundle.write(tmp_path / "b.age", draft([ENTRIES], [photo(os.urandom(size))]), VILLAGE)
    assert nothing_left(tmp_path)


def test_no_recipient_is_an_error_and_leaves_nothing(tmp_path):
    made = draft([ENTRIES])
    made.recipients = []
    with pytest.raises(pyrage.EncryptError):
        bundle.write(tmp_path / "b.age", made, VILLAGE)
    assert nothing_left(tmp_path)


def other(entries: list[Entry]) -> bundle.Draft:
    """A draft that announces ENTRIES and delivers others."""
    made = draft([ENTRIES])
    made.entries = lambda _: iter(entries)
    return made


@pytest.mark.parametrize(
    "entries",
    [[], ENTRIES[:4], ENTRIES[1:], [*ENTRIES, *chain(payloads(6))[5:]], chain(payloads(5)), ENTRIES[::-1], chain(payloads(5), TOWN.did)],
)  # fmt: skip
def test_entries_that_are_not_what_was_announced_are_a_bug(tmp_path, entries):
    with pytest.raises(ValueError, match=r"entry|entries"):
        bundle.write(tmp_path / "b.age", other(entries), VILLAGE)
    assert nothing_left(tmp_path)


def test_an_entry_longer_than_a_line_may_be_is_a_bug(tmp_path):
    long = chain([b'"%b"' % (b"x" * (form.LINE_LIMIT))])
    assert len(line_of(long[0])) > form.LINE_LIMIT
    with pytest.raises(ValueError, match="entry"):
        bundle.write(tmp_path / "b.age", draft([long]), VILLAGE)


def test_a_head_that_would_come_back_different_is_a_bug(tmp_path):
    with pytest.raises(ValueError, match="head"):
        bundle.write(tmp_path / "b.age", draft([ENTRIES], to=[TOWN.did]), VILLAGE)


@pytest.mark.parametrize(
    "change", [{"epoch": "a b"}, {"no": 0}, {"kind": "x"}, {"to_org": "1"}, {"made": "now"}, {"id": "x"}]
)
def test_a_head_nobody_could_read_is_not_written(tmp_path, change):
    with pytest.raises(ValueError, match=r"bundle\.json"):
        bundle.write(tmp_path / "b.age", draft([ENTRIES], **change), VILLAGE)
    assert nothing_left(tmp_path)
