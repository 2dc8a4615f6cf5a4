"""What notices say in clear, without a name: they are no sealed rows, and can be changed."""

import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from records.ledger.notices import LEDGER
from records.ledger.resealing import reseal
from records.personal.columns import raw_columns


def scrub_notices(session: Session, needles: Collection[str], instead: str, at: datetime, by: str) -> None:
    """Take a name or an address out of what notices say in clear, and seal what they say without."""
    kept = [column for column in raw_columns(LEDGER) if column.key in ("notice_key", "matter", "cause")]
    scrubbed = set()
    for key, content, cause in session.execute(select(*kept)).all():
        new = [_without(text, needles, instead) for text in (content, cause)]
        if new != [content, cause]:
            named = update(LEDGER).where(LEDGER.c.notice_key == key)
            session.connection().execute(named.values(matter=new[0], cause=new[1]))
            scrubbed.add(key)
    if scrubbed:
        reseal(session, LEDGER, instead, at, by, scrubbed)


def _without(text: str, needles: Collection[str], instead: str) -> str:
    for needle in needles:
        written = json.dumps(needle, ensure_ascii=False)[1:-1]
        text = text.replace(written, instead).replace(needle, instead)
    return text
