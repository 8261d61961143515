"""Bundles: what a village writes on a stick and the town takes in (docs/bundle-format.md)."""

from villagedesk.exchange.head import CAP, FORMAT, READER, Head, Stream
from villagedesk.exchange.incoming import Reader, open_bundle
from villagedesk.exchange.outgoing import Blob, Draft, Written, write
from villagedesk.exchange.refusal import BundleError, file_name, hint

__all__ = [
    "CAP",
    "FORMAT",
    "READER",
    "Blob",
    "BundleError",
    "Draft",
    "Head",
    "Reader",
    "Stream",
    "Written",
    "file_name",
    "hint",
    "open_bundle",
    "write",
]
