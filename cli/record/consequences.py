"""What a change of the record would move and send, as it is shown before anybody makes it."""

from cli.output import say, say_list
from policies.plans.notices import NoticeClass
from records.ledger.notices import Entered
from tasks.rules.diff import lines
from tasks.rules.what_if import Consequences


def say_consequences(found: Consequences, change: str) -> None:
    """Write what would follow from a change, which is named as in "to accept it"."""
    say("\n".join(lines(found.moves)) or "nothing moves")
    say_list(f"To {change} is to send:", [_sent(notice) for notice in found.sent])
    say_list("And to withdraw, unsent:", found.withdrawn)
    say_list("These open cycles would no longer follow from the facts:", found.groundless)


def _sent(notice: Entered) -> str:
    return f"{notice.kind} about {notice.cycle} to {notice.person}{_HOW[NoticeClass(notice.notice_class)]}"


_HOW = {
    NoticeClass.ROUTINE: "",
    NoticeClass.FORMAL: " (formal: waits for a release)",
    NoticeClass.SIGNED: " (drafted for signature)",
}
