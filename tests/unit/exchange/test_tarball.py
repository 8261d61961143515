"""The tar we write, and every other tar refused."""

import io
import tarfile

import pytest

from villagedesk.exchange import tarball
from villagedesk.exchange.tarball import TarError, Untar

FILES = [("A/bagit.txt", b"x"), ("A/empty", b""), ("A/block", b"y" * 512), ("A/" + "n" * 98, b"z" * 1000)]
WHOLE = b"".join(tarball.member(name, data) for name, data in FILES) + tarball.END


def untar(data: bytes, count: int = len(FILES)) -> list[tuple[str, bytes]]:
    tar = Untar(io.BytesIO(data).read)
    found = []
    for _ in range(count):
        name, size = tar.head()
        found.append((name, tar.body(size)))
    tar.end()
    return found


def test_what_goes_in_comes_out():
    assert untar(WHOLE) == FILES


def test_the_standard_library_reads_it():
    with tarfile.open(fileobj=io.BytesIO(WHOLE), format=tarfile.USTAR_FORMAT) as tar:
        assert [(m.name, tar.extractfile(m).read()) for m in tar] == FILES
        assert {(m.mode, m.uid, m.gid, m.mtime, m.type, m.uname) for m in tar} == {(0o644, 0, 0, 0, b"0", "")}


@pytest.mark.parametrize("name", ["", "a" * 101, "村", "a\0b"])
def test_names_that_do_not_fit_are_not_written(name):
    with pytest.raises(ValueError, match=r"header|encode"):
        tarball.header(name, 0)


def test_every_cut_is_noticed():
    for cut in range(0, len(WHOLE), 37):
        with pytest.raises(TarError):
            untar(WHOLE[:cut])


def test_every_altered_byte_of_a_header_or_padding_is_noticed():
    data = tarball.member("A/bagit.txt", b"x")
    for at in [*range(512), *range(513, 1024)]:
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        with pytest.raises(TarError):
            untar(changed + tarball.END, 1)


def info(name: str = "A/bagit.txt", **other: object) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size = 1
    for key, value in other.items():
        setattr(member, key, value)
    return member


@pytest.mark.parametrize(
    "member",
    [info(type=tarfile.SYMTYPE, linkname="/etc/passwd"), info(type=tarfile.LNKTYPE, linkname="x"), info(type=tarfile.DIRTYPE),
     info(type=tarfile.CHRTYPE), info(type=tarfile.FIFOTYPE), info(type=tarfile.AREGTYPE), info(mode=0o755), info(mtime=1),
     info(uid=1), info(uname="root"), info(pax_headers={"size": "9"}), info("a" * 60 + "/" + "n" * 60), info(type=tarfile.CONTTYPE)],
)  # fmt: skip
@pytest.mark.parametrize("shape", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_other_kinds_of_members_are_not_understood(member, shape):
    with pytest.raises(TarError):
        untar(member.tobuf(shape) + b"x".ljust(512, b"\0") + tarball.END, 1)


@pytest.mark.parametrize("tail", [b"", bytes(512), bytes(1024) + b"x", bytes(1536), bytes(1023) + b"x"])
def test_the_end_is_two_zero_blocks_and_nothing_else(tail):
    with pytest.raises(TarError):
        untar(WHOLE[: -len(tarball.END)] + tail)
