"""Writing a bundle: one pass over the entries, one over the attachments, one file or none.

The manifest stands in front of what it lists, so the journal is made first and kept aside, already packed.
"""

import hashlib
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Queue

import zstandard

from villagedesk.base.errors import Refused, Surroundings
from villagedesk.base.files import write_stream
from villagedesk.exchange import head as form
from villagedesk.exchange import seal, tarball
from villagedesk.exchange.aside import CHUNK, Aside
from villagedesk.exchange.head import Head, Stream
from villagedesk.records.entry import Entry, line_of

LEVEL = 3
_AHEAD = 8
"""Pieces made before they are encrypted, each of about CHUNK at the most."""


@dataclass(frozen=True)
class Blob:
    """An attachment: `sha256` in hex, `ext` up to 8 of a–z and 0–9, `size` in bytes; `read` gives the whole content."""

    sha256: str
    ext: str
    size: int
    read: Callable[[], bytes]


@dataclass
class Draft:
    """What a bundle is to hold.

    Attributes: `head` with `files` empty; `entries` the entries of one of its streams, in order; `recipients` age
    public keys; `signers` an allowed_signers file to put into the bag, "" for none.
    """

    head: Head
    entries: Callable[[Stream], Iterator[Entry]]
    blobs: Sequence[Blob]
    recipients: Sequence[str]
    signers: str = ""


@dataclass(frozen=True)
class Written:
    """SHA-256 (hex) and bytes of the file, the bundle's `tag` (SHA-256 of its tag manifest, hex), its whole head."""

    sha256: str
    size: int
    tag: str
    head: Head


def write(path: Path, draft: Draft, keys: seal.DeviceKeys) -> Written:
    """Write the whole bundle to `path`, or leave what was there.

    Refused when it would be too large; Surroundings when the medium is full, read-only or gone, or an attachment is not
    what its name says.  Memory stays below some 100 MiB and twice the largest attachment.
    """
    parcel = _Parcel(path, draft, keys)
    sha256 = write_stream(path, parcel.pour)
    return Written(sha256, parcel.size, parcel.tag, parcel.head)


class _Parcel:
    """One bundle under way."""

    def __init__(self, path: Path, draft: Draft, keys: seal.DeviceKeys) -> None:
        self.path, self.draft, self.keys = path, draft, keys
        self.head = draft.head
        self.tag = ""
        self.size = 0

    def pour(self, file: seal.Writable) -> None:
        """Everything, into a file already open: a stick that cannot be written says so before the work is done."""
        with Aside() as aside:
            listed = self._journal(aside)
            listed += [(b.sha256, form.blob_path(b.sha256, b.ext), b.size) for b in self.draft.blobs]
            total = sum(size for _, _, size in listed)
            if total > form.CAP:
                raise Refused(
                    f"要导出的内容有{total >> 20}MB，一个数据包最多{form.CAP >> 20}MB。请缩小范围或分几次导出附件。"
                )
            self._check_space(aside.size + sum(b.size + 2048 for b in self.draft.blobs))
            self.head = replace(self.draft.head, files=tuple((path, size) for _, path, size in listed))
            if form.parse(form.opened(self.head.encode())) != self.head:  # what cannot be read back is not written
                raise ValueError("head")
            target = _Target(file)
            tags = self._tags([(digest, path) for digest, path, _ in listed])
            _encrypt(self._packed(tags, aside), target, self.draft.recipients)
            self.size = target.size

    def _journal(self, aside: Aside) -> list[tuple[str, str, int]]:
        """Pack the journal files away; return (SHA-256, path, size) of each payload file so far."""
        pack = zstandard.ZstdCompressor(level=LEVEL, threads=2).compressobj()
        files = [(form.SIGNERS, self.draft.signers.encode())] if self.draft.signers else []
        listed = []
        for path, data in (*files, *(m for stream in self.draft.head.streams for m in self._members(stream))):
            listed.append((hashlib.sha256(data).hexdigest(), path, len(data)))
            aside.put(pack.compress(tarball.member(f"{self.head.id}/{path}", data)))
        aside.put(pack.flush())
        return listed

    def _members(self, stream: Stream) -> Iterator[tuple[str, bytes]]:
        first, last, digest = stream.first, stream.first - 1, stream.prev
        lines: list[bytes] = []
        size = 0
        for entry in self.draft.entries(stream):
            line = line_of(entry)
            if entry.did != stream.did or entry.env.seq != last + 1 or len(line) > form.LINE_LIMIT + 1:
                raise ValueError(f"entry {entry.key} does not follow {last} of {stream.did}")
            if len(lines) == form.MEMBER_LINES or size + len(line) > form.MEMBER_SIZE:
                yield form.journal_path(stream.did, first, last), b"".join(lines)
                first, lines, size = last + 1, [], 0
            lines.append(line)
            size += len(line)
            last, digest = entry.env.seq, entry.hash
        if last != stream.last or digest != stream.head:
            raise ValueError(f"the entries of {stream.did} end at {last}, not as announced at {stream.last}")
        yield form.journal_path(stream.did, first, last), b"".join(lines)

    def _tags(self, listed: list[tuple[str, str]]) -> Iterator[bytes]:
        """The six files in front."""
        tags = [("bagit.txt", form.BAGIT), ("bag-info.txt", form.info(self.head)), ("bundle.json", self.head.encode())]
        tags.append(("manifest-sha256.txt", form.manifest(listed)))
        summary = form.manifest((hashlib.sha256(data).hexdigest(), name) for name, data in tags)
        self.tag = hashlib.sha256(summary).hexdigest()
        signature = seal.sign(self.keys, summary, seal.BUNDLE)
        tags += [("tagmanifest-sha256.txt", summary), ("tagmanifest-sha256.txt.sig", signature.encode())]
        for name, data in tags:
            yield tarball.member(f"{self.head.id}/{name}", data)

    def _packed(self, tags: Iterator[bytes], aside: Aside) -> Iterator[bytes]:
        """Three zstd frames: tag files, journal, attachments with the end mark."""
        yield zstandard.ZstdCompressor(level=LEVEL).compress(b"".join(tags))
        yield from aside.take()
        pack = zstandard.ZstdCompressor(level=LEVEL).compressobj()
        for blob in self.draft.blobs:
            data = blob.read()
            if len(data) != blob.size or hashlib.sha256(data).hexdigest() != blob.sha256:
                raise Surroundings(
                    f"附件{blob.sha256[:8]}在本机上已经损坏，没有导出。请先运行“检查数据”，或不带这个附件导出。"
                )
            yield pack.compress(tarball.header(f"{self.head.id}/{form.blob_path(blob.sha256, blob.ext)}", blob.size))
            for start in range(0, blob.size, CHUNK):
                yield pack.compress(data[start : start + CHUNK])
            yield pack.compress(tarball.padding(blob.size))
        yield pack.compress(tarball.END) + pack.flush()

    def _check_space(self, size: int) -> None:
        need = size + size // 100 + 512 * len(self.draft.recipients) + (1 << 18)
        free = shutil.disk_usage(self.path.parent).free
        if need > free:
            sizes = f"要{-(-need >> 20)}MB，只剩{free >> 20}MB"
            raise Surroundings(f"“{self.path.parent}”空间不够：{sizes}，没有写入。请清出空间或换一个U盘再试。")


def _encrypt(pieces: Iterator[bytes], target: "_Target", recipients: Sequence[str]) -> None:
    """Encrypt the pieces in a thread while they are made in this one, where the caller's `entries` and `read` belong."""
    queue: Queue[bytes | None] = Queue(_AHEAD)
    failed: list[BaseException] = []

    def work() -> None:
        handed = iter(queue.get, None)
        try:
            seal.encrypt(_Source(handed), target, recipients)
        except BaseException as error:
            failed.append(error)
            for _ in handed:  # so that nobody waits at a full queue
                pass

    thread = threading.Thread(target=work, name="bundle", daemon=True)
    thread.start()
    try:
        for piece in pieces:
            if failed:
                break
            queue.put(piece)
    finally:
        queue.put(None)
        thread.join()
    if target.error or failed:  # age keeps quiet about its last write
        raise target.error or failed[0]


class _Source:
    """Pieces of bytes as age reads them."""

    def __init__(self, pieces: Iterator[bytes | None]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def read(self, size: int, /) -> bytes:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = memoryview(piece)
        part, self._rest = self._rest[:size], self._rest[size:]
        return bytes(part)


class _Target:
    """A file as age writes it; counts, and remembers what stopped it."""

    def __init__(self, file: seal.Writable) -> None:
        self.error: BaseException | None = None
        self.size = 0
        self._file = file

    def write(self, data: bytes, /) -> int:
        try:
            self._file.write(data)
        except BaseException as error:
            self.error = error
            raise
        self.size += len(data)
        return len(data)
