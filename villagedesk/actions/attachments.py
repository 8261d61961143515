"""Attachments out of the desk: one file of a record, plain, into a folder a person asks for."""

from pathlib import Path

from villagedesk.actions.office import Office
from villagedesk.base.errors import Refused
from villagedesk.base.files import write_whole
from villagedesk.base.text import file_name
from villagedesk.records.kind import Attachment, Record, Shape, fields
from villagedesk.store import blobs, queries


def lay_out(office: Office, cls: type[Record], identifier: str, sha: str, folder: Path) -> Path:
    """Write an attachment of a record into a folder; return its path.  Nothing is written over."""
    with office.desk.reading() as session:
        record = queries.one(session, office.by, cls, identifier).record
        files: list[Attachment] = [
            one for asked in fields(cls) if asked.shape is Shape.FILES for one in getattr(record, asked.name)
        ]
        wanted = next((one for one in files if one.sha256 == sha), None)
        if wanted is None:
            raise Refused("这个附件已不在这条记录里。请重新打开记录再看。")
        data = blobs.fetch(session, office.desk.places, sha)
    path = folder / (file_name(wanted.name) or "附件")
    if path.exists() and path.read_bytes() != data:
        path = path.with_name(f"{path.stem}-{sha[:6]}{path.suffix}")
    write_whole(path, data)
    return path
