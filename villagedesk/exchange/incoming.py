"""Reading a bundle: nothing is believed before its signature, nothing is done before its end."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from villagedesk.base import ids
from villagedesk.base.files import hash_of
from villagedesk.exchange import head as form
from villagedesk.exchange import seal
from villagedesk.exchange.head import Head, Stream
from villagedesk.exchange.opening import Opening
from villagedesk.exchange.refusal import BundleError
from villagedesk.exchange.tarball import TarError, Untar
from villagedesk.records.entry import Entry, from_line

_TAGS = {
    "bagit.txt": 256,
    "bag-info.txt": 1 << 12,
    "bundle.json": form.HEAD_LIMIT,
    "manifest-sha256.txt": 10 << 20,
    "tagmanifest-sha256.txt": 1 << 10,
    "tagmanifest-sha256.txt.sig": 1 << 12,
}
"""The six files in front and the bytes each may have: 14 MiB in all."""


@contextmanager
def open_bundle(path: Path, keys: seal.DeviceKeys, signer_of: Callable[[str], bytes | None]) -> Iterator["Reader"]:
    """The bundle at `path`, opened with `keys`, its head verified.

    `signer_of` gives the signing key of a device that is enrolled, None for others.  BundleError says why not;
    Surroundings that the medium failed.  Inside, take `entries`, then `blobs`, then `finish`; nothing may be committed
    before that.
    """
    with Opening(path, keys) as opening:
        yield Reader(path, opening, keys.did, signer_of)


class Reader:
    """A bundle whose head is verified.

    Attributes: `head`; `tag` the SHA-256 of its tag manifest in hex, by which the next bundle and receipts name it.
    """

    def __init__(self, path: Path, opening: Opening, me: str, signer_of: Callable[[str], bytes | None]) -> None:
        self._path, self._opening = path, opening
        self._tar = Untar(opening.read)
        self._bag = ""
        tags = self._tags()
        summary = tags["tagmanifest-sha256.txt"]
        self.tag = hashlib.sha256(summary).hexdigest()
        try:
            flat = form.opened(tags["bundle.json"])
            to = form.address(flat)
        except ValueError:
            raise BundleError("not_a_bundle") from None
        self._sender = to.sender
        key = signer_of(to.sender)
        if key is None:
            raise self._refused("unknown_device", f"编号{to.sender}")
        signature = tags["tagmanifest-sha256.txt.sig"].decode("ascii", "replace")
        hashed = form.manifest((hashlib.sha256(tags[name]).hexdigest(), name) for name in list(_TAGS)[:4])
        if not seal.verify(key, summary, signature, seal.BUNDLE) or hashed != summary:
            raise self._refused("bad_signature")
        if me not in (*to.to, to.sender):
            raise self._refused("not_for_us")
        if to.min_reader > form.READER:
            raise self._refused("newer")
        try:
            self.head: Head = form.parse(flat)
            self._digests = form.digests(tags["manifest-sha256.txt"], self.head.files)
            sound = (
                self.head.id == self._bag
                and tags["bagit.txt"] == form.BAGIT
                and tags["bag-info.txt"] == form.info(self.head)
            )
        except ValueError:
            sound = False
        if not sound:
            raise self._refused("damaged", "清单格式不对")
        self._next = 0
        self._chains_done = False

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the file, hex; read once more for it."""
        return hash_of(self._path)

    def entries(self) -> Iterator[Entry]:
        """Every entry, chain by chain in the order of `head.streams`, each chain verified up to its announced head.

        Payloads are bytes of bounded size, of which nothing else is known yet.
        """
        if self.head.files[:1] and self.head.files[0][0] == form.SIGNERS:
            self._payload()  # for people with ssh-keygen; we have our own roster
        for stream in self.head.streams:
            yield from self._chain(stream)
        self._chains_done = True

    def _chain(self, stream: Stream) -> Iterator[Entry]:
        seq, previous = stream.first, stream.prev
        while seq <= stream.last:
            path, data = self._payload()
            lines = data.split(b"\n")
            if lines.pop() or len(lines) != form.last_of(path) - seq + 1:
                raise self._refused("damaged", f"{path}的行数不对")
            for line in lines:
                try:
                    entry = from_line(line, stream.did, previous) if len(line) <= form.LINE_LIMIT else None
                except ValueError:
                    entry = None
                if entry is None or entry.env.seq != seq:
                    raise self._refused("damaged", f"{stream.did}的第{seq}条记录不对")
                seq, previous = seq + 1, entry.hash
                yield entry
        if previous != stream.head:
            raise self._refused("damaged", f"{stream.did}的记录与其末尾的校验值不符")

    def blobs(self) -> Iterator[tuple[str, bytes]]:
        """Every attachment: its SHA-256 in hex, verified, and its content.  After `entries`."""
        self._require(self._chains_done)
        while self._next < len(self.head.files):
            path, data = self._payload()
            yield form.sha_of(path), data

    def finish(self) -> None:
        """The end: all was seen, nothing follows, and age vouches for it.  Only now may the caller commit."""
        self._require(self._chains_done and self._next == len(self.head.files))
        try:
            self._tar.end()
        except (TarError, seal.NotWhole):
            self._opening.verdict()
            raise self._refused("bad_signature", "末尾") from None
        self._opening.verdict()

    def _require(self, done: bool) -> None:
        if not done:
            raise RuntimeError("entries, then blobs, then finish, each to its end")

    def _tags(self) -> dict[str, bytes]:
        """The six files in front, each bounded, of one bag."""
        tags: dict[str, bytes] = {}
        try:
            for name, limit in _TAGS.items():
                place, size = self._tar.head()
                bag = place[: -len(name) - 1]
                if place != f"{bag}/{name}" or not ids.is_id(bag) or size > limit or bag != (self._bag or bag):
                    raise TarError(place)
                self._bag = bag
                tags[name] = self._tar.body(size)
        except (TarError, seal.NotWhole):
            self._opening.verdict()  # what age says comes first
            raise BundleError("not_a_bundle") from None
        return tags

    def _payload(self) -> tuple[str, bytes]:
        """The path and content of the next file of the list, which is what was signed or is refused."""
        path, size = self.head.files[self._next]
        try:
            if self._tar.head() != (f"{self._bag}/{path}", size):
                raise TarError(path)
            data = self._tar.body(size)
        except (TarError, seal.NotWhole):
            self._opening.verdict()
            raise self._refused("bad_signature", path) from None
        if hashlib.sha256(data).hexdigest() != self._digests[self._next]:
            raise self._refused("bad_signature", path)
        self._next += 1
        return path, data

    def _refused(self, code: str, detail: str = "") -> BundleError:
        return BundleError(code, detail, sender=self._sender)
