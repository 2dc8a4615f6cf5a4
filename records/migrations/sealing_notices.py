"""What the notices of a record from before hold, sealed as it is found: from then on a change is found."""

from datetime import UTC, datetime

from sqlalchemy import Connection, func, inspect, select
from sqlalchemy.orm import Session

from records.chain.audit import seal
from records.ledger.notices import LEDGER
from records.ledger.resealing import reseal
from records.personal.sealing import sealed


def seal_notices(connection: Connection, by: str) -> None:
    """Seal what every notice holds that is there."""
    session = Session(connection)
    if "notices" in inspect(connection).get_table_names() and session.scalar(
        select(func.count()).select_from(LEDGER)
    ):
        found = datetime.fromisoformat(str(session.scalar(select(func.current_timestamp()))))
        at = found if found.tzinfo else found.replace(tzinfo=UTC)
        reseal(session, LEDGER, "entered before moves said what they made", at, by)
        seal(session)
        session.flush()
    sealed(session)
