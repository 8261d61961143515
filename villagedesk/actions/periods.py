"""Periods a village sets for itself."""

from typing import Any

from sqlmodel import Session

from villagedesk.base.errors import NotValid, Problem
from villagedesk.store.terms import shipped


def prepared(_: Session, values: dict[str, Any]) -> dict[str, Any]:
    """A period named by its code or by its words is spelled out as both; `NotValid` where there is none such, or a statute sets it."""
    known = shipped().terms
    word = str(values.get("term") or values.get("what") or "")
    found = known.get(word) or next((one for one in known.values() if one.what == word), None)
    open_ = [one for one in known.values() if not one.law]
    if found is None:
        raise NotValid([Problem("what", f"没有“{word}”这个期限，可以填：{'、'.join(one.what for one in open_)}。")])
    if found.law:
        raise NotValid([Problem("what", f"“{found.what}”是法律定的（{found.basis}），村里不能改。")])
    return {**values, "term": found.key, "what": found.what}
