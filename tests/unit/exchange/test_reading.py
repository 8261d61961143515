"""Bundles that are not taken in: each with its code, a sentence, and no thread left."""

import io
import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard

from tests.bundles import (
    ENROLLED,
    OTHER,
    TOWN,
    VILLAGE,
    chain,
    draft,
    entry,
    head,
    journal,
    payloads,
    photo,
    post,
    seal_up,
    signed,
    tags,
    take,
    tar,
)
from villagedesk.base.errors import Surroundings
from villagedesk.exchange import bundle, opening, seal, tarball
from villagedesk.exchange import head as form
from villagedesk.exchange.refusal import SENTENCES
from villagedesk.records.entry import START, line_of

ENTRIES = chain(payloads(4))
PAYLOAD = [journal(ENTRIES), (form.blob_path(photo(b"one").sha256, "jpg"), b"one")]
HEAD = head([ENTRIES])


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / bundle.file_name(VILLAGE.did, "522731100", 7)


@pytest.fixture(autouse=True)
def _no_thread_left():
    yield
    assert [t for t in threading.enumerate() if t.name == "bundle"] == []


def refused(path: Path, code: str, keys=TOWN) -> bundle.BundleError:
    with pytest.raises(bundle.BundleError) as told:
        take(path, keys)
    assert told.value.code == code
    assert str(told.value).startswith(SENTENCES[code])
    return told.value


def test_what_is_made_by_hand_is_sound(path):
    back = take(post(path, tar(HEAD, [*tags(HEAD, PAYLOAD), *PAYLOAD])))
    assert (back.entries, list(back.blobs.values())) == (ENTRIES, [b"one"])


def test_every_sentence_says_what_to_do():
    assert all("请" in sentence and sentence.endswith("。") for sentence in SENTENCES.values())
    assert str(bundle.BundleError("foreign", "某镇")).endswith("（某镇）")


# --- before anything is opened ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("a.docx", b"PK\3\4" + bytes(99), "not_a_bundle"), ("a.age", b"", "truncated"), ("a.age", b"age-encryption", "truncated"),
     ("vd1-" + "0" * 16 + "-522731-000001.tar.zst.age", bytes(9999), "damaged"), ("a.age", bytes(3), "not_a_bundle"),
     ("a.age", b"-----BEGIN AGE ENCRYPTED FILE-----\n", "not_a_bundle"), ("a.age", b"age-encryption.org/v1\n", "truncated"),
     ("a.age", b"age-encryption.org/v1\n-> X25519\n\n--- x\n" + bytes(9999), "truncated")],
)  # fmt: skip
def test_other_files(tmp_path, name, data, code):
    (tmp_path / name).write_bytes(data)
    refused(tmp_path / name, code)


def test_a_file_far_too_large(path, monkeypatch):
    monkeypatch.setattr(opening, "_SIZE_LIMIT", 100)
    refused(post(path, tar(HEAD, [*tags(HEAD, PAYLOAD), *PAYLOAD])), "not_a_bundle")


@pytest.mark.parametrize("place", ["missing.age", "."])
def test_no_file_there(tmp_path, place):
    with pytest.raises(Surroundings, match="读不到"):
        take(tmp_path / place)


class Pulled(io.BytesIO):
    """A file on a stick that is pulled out when half of it is read."""

    def read(self, size: int = -1) -> bytes:
        if self.tell() >= len(self.getvalue()) // 2:
            raise OSError(5, "Input/output error")
        return super().read(size)


@pytest.mark.parametrize("size", [10, 300_000])
def test_a_stick_that_stops_answering(path, monkeypatch, size):
    bundle.write(path, draft([ENTRIES], [photo(os.urandom(size))]), VILLAGE)
    monkeypatch.setattr(opening, "_file_at", lambda path: Pulled(path.read_bytes()[: None if size > 10 else 1]))
    with pytest.raises(Surroundings, match="U盘可能拔掉了"):
        take(path)


def test_an_error_of_ours_is_not_dressed_up(path, monkeypatch):
    def fail(*_: object) -> None:
        raise MemoryError

    bundle.write(path, draft([ENTRIES]), VILLAGE)
    monkeypatch.setattr(seal, "decrypt", fail)
    with pytest.raises(MemoryError):
        take(path)


def test_a_passphrase_is_never_tried(path):
    """A work factor of 2^23 would take 8 GiB; the salt and the wrapped key need not be real."""
    stanza = b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 23\n" + b"A" * 43 + b"\n"
    path.write_bytes(b"age-encryption.org/v1\n" + stanza + b"--- " + b"A" * 43 + b"\n" + bytes(99))
    refused(path, "not_for_us")


def test_for_somebody_else(path):
    told = refused(seal_up(path, b"x", OTHER.age_pk), "not_for_us")
    assert "522731100" in str(told)
    other = path.with_name("x.age")
    path.rename(other)
    assert "文件名" not in str(refused(other, "not_for_us"))


# --- cut and damaged ---------------------------------------------------------------------------------


def test_cut_anywhere(path):
    bundle.write(path, draft([ENTRIES], [photo(bytes(200_000))]), VILLAGE)
    whole = path.read_bytes()
    for cut in range(0, len(whole), max(1, len(whole) // 100)):
        path.write_bytes(whole[:cut])
        refused(path, "truncated")


def test_zeros_in_the_middle_and_a_byte_more(path):
    bundle.write(path, draft([ENTRIES], [photo(chain(payloads(1))[0].hash * 20_000)]), VILLAGE)
    whole = path.read_bytes()
    path.write_bytes(whole + b"x")
    refused(path, "truncated")
    path.write_bytes(whole[:2000] + bytes(len(whole) - 2000))
    assert refused(path, "truncated" if len(whole) < 1 << 16 else "damaged")


# --- sound age files with something else inside -------------------------------------------------------


@pytest.mark.parametrize("plain", [b"", b"hello", b"\0" * 5000, tarball.member("x", b"y") + tarball.END, tarball.END])
def test_not_a_bag(path, plain):
    refused(post(path, plain), "not_a_bundle")


@pytest.mark.parametrize("packed", [b"", b"hello", bytes(999_999), zstandard.compress(b"x")[:-2]])
def test_not_packed_as_it_must_be(path, packed):
    refused(seal_up(path, packed), "not_a_bundle")


def test_a_window_too_large_for_small_computers(path):
    wide = zstandard.ZstdCompressor(compression_params=zstandard.ZstdCompressionParameters(window_log=27)).compressobj()
    refused(seal_up(path, wide.compress(tar(HEAD, tags(HEAD, PAYLOAD))) + wide.flush()), "not_a_bundle")


def test_a_bomb_before_the_head(path):
    bomb = tarball.header(f"{HEAD.id}/bagit.txt", 4 << 30)
    refused(post(path, bomb + bytes(64 << 20)), "not_a_bundle")


@pytest.mark.parametrize("swap", [(0, 1), (2, 3), (4, 5)])
def test_tag_files_in_another_order(path, swap):
    files = tags(HEAD, PAYLOAD)
    files[swap[0]], files[swap[1]] = files[swap[1]], files[swap[0]]
    refused(post(path, tar(HEAD, [*files, *PAYLOAD])), "not_a_bundle")


@pytest.mark.parametrize(
    "name", ["../bagit.txt", "/bagit.txt", "bagit.txt", "x/bagit.txt", "7K2M9XQ4ZD3A/../bagit.txt"]
)
def test_paths_that_climb(path, name):
    refused(post(path, tarball.member(name, form.BAGIT) + tarball.END), "not_a_bundle")


def test_files_of_two_bags(path):
    one, two = tar(HEAD, tags(HEAD, PAYLOAD)[:3]), tar(head([ENTRIES]), tags(HEAD, PAYLOAD)[3:])
    refused(post(path, one[:-1024] + two), "not_a_bundle")


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"null", b"{", b"\xff", b"[" * 100_000, b'{"a":' * 50_000, b'{"from":NaN}', b'{"format":"villagedesk/1"}',
     b'{"format":"other","from":"0123456789ABCDEF","to":[],"min_reader":1}', b'{"a":1,"a":2}', HEAD.encode() * 2],
)  # fmt: skip
def test_hostile_heads(path, raw):
    refused(post(path, tar(HEAD, tags(HEAD, PAYLOAD, raw=raw or b" "))), "not_a_bundle")


# --- who, and whether it is theirs --------------------------------------------------------------------


def test_a_device_nobody_enrolled(path):
    about = head([ENTRIES], sender=OTHER.did)
    told = refused(post(path, tar(about, [*tags(about, PAYLOAD, OTHER), *PAYLOAD])), "unknown_device")
    assert told.sender == OTHER.did
    assert OTHER.did in str(told)


def test_a_signature_by_another_key(path):
    assert refused(post(path, tar(HEAD, tags(HEAD, PAYLOAD, OTHER))), "bad_signature").sender == VILLAGE.did


@pytest.mark.parametrize("which", range(5))
def test_tag_files_altered_without_the_key(path, which):
    """Anybody knows the recipients and can pack and encrypt anew."""
    files = tags(HEAD, PAYLOAD)
    name, data = files[which]
    files[which] = name, data.replace(b"1", b"2", 1)
    assert files[which][1] != data
    refused(post(path, tar(HEAD, [*files, *PAYLOAD])), "bad_signature")


def test_tag_files_altered_with_their_hashes(path):
    files = tags(HEAD, PAYLOAD)
    again = signed([*files[:2], ("bundle.json", replace(HEAD, no=8).encode()), files[3]], OTHER)
    refused(post(path, tar(HEAD, [*again[:5], files[5], *PAYLOAD])), "bad_signature")


@pytest.mark.parametrize("which", [0, 1])
def test_content_altered_without_the_key(path, which):
    altered = list(PAYLOAD)
    altered[which] = altered[which][0], altered[which][1][:-1] + b"!"
    told = refused(post(path, tar(HEAD, [*tags(HEAD, PAYLOAD), *altered])), "bad_signature")
    assert altered[which][0] in str(told)


@pytest.mark.parametrize(
    "files", [PAYLOAD[:1], PAYLOAD[::-1], [*PAYLOAD, PAYLOAD[1]], [], [PAYLOAD[0], ("data/x", b"one")], [("../../etc/passwd", b"x")],
              [PAYLOAD[0], (PAYLOAD[1][0], b"o")], [PAYLOAD[0], (PAYLOAD[1][0], bytes(9999))]],
)  # fmt: skip
def test_other_files_than_were_signed(path, files):
    refused(post(path, tar(HEAD, [*tags(HEAD, PAYLOAD), *files])), "bad_signature")


@pytest.mark.parametrize("tail", [b"", bytes(512), bytes(1025), bytes(64 << 20)])
def test_something_else_behind_the_last_file(path, tail):
    refused(post(path, tar(HEAD, [*tags(HEAD, PAYLOAD), *PAYLOAD])[:-1024] + tail), "bad_signature")


def test_packed_bytes_behind_the_last_file(path):
    whole = zstandard.compress(tar(HEAD, [*tags(HEAD, PAYLOAD), *PAYLOAD]))
    refused(seal_up(path, whole + b"garbage"), "bad_signature")
    refused(seal_up(path, whole + zstandard.compress(b"x")), "bad_signature")


def test_forwarded_to_an_office_it_was_not_meant_for(path):
    about = head([ENTRIES], to=(OTHER.did,))
    refused(post(path, tar(about, [*tags(about, PAYLOAD), *PAYLOAD])), "not_for_us")


@pytest.mark.parametrize("change", [(b'"min_reader":1', b'"min_reader":2'), (b"villagedesk/1", b"villagedesk/2")])
def test_made_by_a_newer_program(path, change):
    raw = replace(HEAD, files=(("future", 1),)).encode().replace(*change).replace(b'"kind":"up"', b'"kind":{}')
    refused(post(path, tar(HEAD, [*tags(HEAD, PAYLOAD, raw=raw), *PAYLOAD])), "newer")


def test_an_unknown_key_is_passed_over(path):
    whole = replace(HEAD, files=tuple((p, len(d)) for p, d in PAYLOAD))
    raw = whole.encode()[:-2] + b',"later":[1]}'
    assert take(post(path, tar(HEAD, [*tags(HEAD, PAYLOAD, raw=raw), *PAYLOAD]))).entries == ENTRIES


# --- signed by a device we know, and wrong all the same ------------------------------------------------


def test_tag_files_that_do_not_agree(path):
    files = tags(HEAD, PAYLOAD)
    for which, data in (
        (0, b"BagIt-Version: 0.9\n"),
        (1, b"x\n"),
        (3, b""),
        (3, files[3][1][:-1]),
        (3, files[3][1] * 2),
    ):
        wrong = list(files[:4])
        wrong[which] = wrong[which][0], data
        refused(post(path, tar(HEAD, [*signed(wrong), *PAYLOAD])), "damaged")
    another = head([ENTRIES])
    refused(post(path, tar(another, [*tags(HEAD, PAYLOAD), *PAYLOAD])), "damaged")


LINES = [line_of(e) for e in ENTRIES]
LONG = entry(2, b'"%b"' % (b"x" * form.LINE_LIMIT), ENTRIES[0].hash)


@pytest.mark.parametrize(
    ("lines", "at"),
    [(LINES[:3], "行数"), ([*LINES, LINES[3]], "行数"), ([LINES[0], LINES[2], LINES[1], LINES[3]], "第2条"), ([*LINES[:3], b"\n"], "第4条"),
     ([*LINES[:3], LINES[3][:-1]], "行数"), ([LINES[0], LINES[1].replace(b"{", b"{\t"), *LINES[2:]], "第2条"),
     ([LINES[0], LINES[1].replace(b"\t", b""), *LINES[2:]], "第2条"), ([LINES[0], line_of(LONG), *LINES[2:]], "第2条"),
     ([LINES[0], LINES[1].replace("会".encode(), "公".encode()), *LINES[2:]], "末尾"), ([b"[" * 5000 + b"\t{}\n", *LINES[1:]], "第1条"),
     ([line_of(entry(1, b"{}", START)), *LINES[1:]], "末尾"), ([b"\xff\xfe" + LINES[0], *LINES[1:]], "第1条"), ([], "行数")],
)  # fmt: skip
def test_doctored_journal_lines(path, lines, at):
    payload = [(PAYLOAD[0][0], b"".join(lines))]
    about = head([ENTRIES])
    assert at in str(refused(post(path, tar(about, [*tags(about, payload), *payload])), "damaged"))


def test_a_blob_under_the_hash_of_another(path):
    payload = [PAYLOAD[0], (form.blob_path("ab" * 32, "jpg"), b"one")]
    refused(post(path, tar(HEAD, [*tags(HEAD, payload), *payload])), "damaged")


# --- how a caller may behave ----------------------------------------------------------------------------


def test_a_caller_may_leave_at_any_point(path):
    bundle.write(path, draft([ENTRIES], [photo(bytes(9 << 20) + b"x")]), VILLAGE)
    with bundle.open_bundle(path, TOWN, ENROLLED.get) as reader:
        assert reader.head.no == 7
    with bundle.open_bundle(path, TOWN, ENROLLED.get) as reader:
        assert next(reader.entries()) == ENTRIES[0]
    with pytest.raises(KeyError), bundle.open_bundle(path, TOWN, ENROLLED.get):
        raise KeyError


def test_a_caller_that_skips_something_may_not_finish(path):
    bundle.write(path, draft([ENTRIES], [photo(b"one")]), VILLAGE)
    with bundle.open_bundle(path, TOWN, ENROLLED.get) as reader:
        for step in (reader.finish, lambda: next(reader.blobs())):
            with pytest.raises(RuntimeError, match="finish"):
                step()
        assert list(reader.entries()) == ENTRIES
        with pytest.raises(RuntimeError, match="finish"):
            reader.finish()


def test_an_end_that_age_does_not_vouch_for(path):
    """Everything was delivered and only then the file turns out to be cut: nothing may be committed."""
    plain = tar(HEAD, [*tags(HEAD, PAYLOAD), *PAYLOAD])
    seal_up(path, zstandard.compress(plain) + b"\x50\x2a\x4d\x18\x00\x00\x02\x00" + bytes(1 << 17))
    path.write_bytes(path.read_bytes()[:-100])
    with bundle.open_bundle(path, TOWN, ENROLLED.get) as reader:
        assert list(reader.entries()) == ENTRIES
        assert [data for _, data in reader.blobs()] == [b"one"]
        with pytest.raises(bundle.BundleError) as told:
            reader.finish()
    assert told.value.code == "truncated"
