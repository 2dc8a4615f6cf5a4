"""What becomes of every mail that reaches us, and that none of them stops another."""

from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

import pytest

from notifications.headers import plus_address
from policies.facts.answers import AnswerKind
from records.database import reading
from records.facts.facts import read_facts
from records.inbox import Fate, Grade, ItemFate, inbox, interrupted
from records.ledger.letters import letter_of
from records.ledger.notices import notices_of
from records.submissions import submissions_for
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.inputs.arriving import Arrivals
from tasks.inputs.collected import Collected
from tasks.inputs.intake import Intake
from tasks.inputs.judging import by_sender
from tasks.inputs.mail.parts import parts_of
from tasks.inputs.mail.reading import read_mail
from tasks.inputs.mail.vouching import vouched
from tasks.inputs.submitting import reader_of
from tasks.installation.installation import Installation
from tasks.installation.settings import Settings
from tasks.operations.inbox import text_of, written
from tests.days import day
from tests.installations import TODAY, TWO_LANGUAGES, Listed, at, record, workplace_in
from tests.tasks.inputs.mails import CYCLE, Case, every_case, letters_of, reply, with_word
from tests.tasks.inputs.replies import cut

CALLED, LEFT = day("Fri 2027-10-08"), day("Mon 2027-10-11")  # after a gap, letters wait a day


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory):
    home = tmp_path_factory.mktemp("home")
    with workplace_in(home, languages=TWO_LANGUAGES) as opened:
        for on in (TODAY, CALLED, LEFT):
            enforce(opened, on, at(on))
            dispatch(opened, on, at(on), Listed().open_channels)
        yield opened


def taken(installation: Installation, place: str, content: bytes) -> Fate | None:
    with reader_of(installation) as reader:
        arrivals = Arrivals(Intake(installation, LEFT), reader, at(LEFT, 9), Collected())
        return arrivals.take(place, content)


def last_fate(installation: Installation, place: str) -> ItemFate:
    with reading(installation.engine) as session:
        [found] = [kept.fate for kept in inbox(session) if kept.item.place == place]
    assert found is not None
    return found


def test_every_mail_has_the_fate_it_is_to_have_and_none_stops_another(installation: Installation):
    letters = letters_of(installation)
    cases = every_case(letters)
    assert len(cases) >= 40
    for case in cases:
        taken(installation, case.name, case.content)
    found = {case.name: (last_fate(installation, case.name).fate, case.why) for case in cases if case.fate}
    assert found == {case.name: (case.fate, case.why) for case in cases if case.fate}
    assert [c.name for c in cases if c.why not in last_fate(installation, c.name).why] == []
    with reading(installation.engine) as session:
        came = {sent.title for sent in submissions_for(session, CYCLE)}
    assert came - {"late.docx", "m.docm"} == {name for case in cases for name in case.taken}


def test_what_is_answered_again_under_another_number_is_a_duplicate(installation: Installation):
    again = with_word(reply(letters_of(installation).own)).as_bytes()
    assert taken(installation, "first", again) is Fate.TAKEN
    assert taken(installation, "after the mailbox was moved", again) is Fate.DUPLICATE
    assert taken(installation, "first", again) is None


def test_the_own_relay_is_believed_in_its_topmost_word_alone(installation: Installation):
    settings = installation.settings.model_copy(update={"relay": "mx.example.org"})
    trusting = Installation(settings, installation.pack, installation.engine)
    passed = "mx.example.org; spf=pass; dmarc=pass header.from=example.org"
    for name, verdicts, grade in (
        ("own word", [passed], Grade.AUTHENTICATED),
        ("failed", [passed.replace("dmarc=pass", "dmarc=fail")], Grade.ADDRESS),
        ("forged below", ["mx.example.org; dmarc=fail", passed], Grade.ADDRESS),
        ("a longer name", [passed.replace("mx.example.org", "mx.example.org.evil.net")], Grade.ADDRESS),
    ):
        message = with_word(reply(""))
        for verdict in verdicts:
            message["Authentication-Results"] = verdict
        taken(trusting, name, message.as_bytes())
        assert last_fate(installation, name).grade == grade, name


def test_the_header_of_mail_from_inside_counts_where_nobody_else_can_have_set_it(installation: Installation):
    header, passing = "X-MS-Exchange-Organization-AuthAs", "mx.example.org; dmarc=none; spf=none"
    for name, settings, headers, grade in (
        ("with the relay's word", {"relay": "mx.example.org"}, [("Internal", passing)], Grade.AUTHENTICATED),
        ("without it", {"relay": "mx.example.org"}, [("Internal", None)], Grade.ADDRESS),
        ("no relay named", {}, [("Internal", passing)], Grade.ADDRESS),
        ("another relay's word", {"relay": "mx.example.net"}, [("Internal", passing)], Grade.ADDRESS),
        ("failed", {"relay": "mx.example.org"}, [("Internal", f"{passing}; dmarc=fail")], Grade.ADDRESS),
        (
            "stripped from outside",
            {"inside_header_stripped": True},
            [("internal", None)],
            Grade.AUTHENTICATED,
        ),
        ("another value", {"inside_header_stripped": True}, [("Anonymous", None)], Grade.ADDRESS),
        (
            "twice",
            {"inside_header_stripped": True},
            [("Internal", None), ("Anonymous", None)],
            Grade.ADDRESS,
        ),
        ("no header", {"inside_header_stripped": True}, [], Grade.ADDRESS),
    ):
        given = {"inside_header": f"{header}: Internal", **settings}
        message = with_word(reply(""))
        for value, verdict in headers:
            message[header] = value
            if verdict:
                message["Authentication-Results"] = verdict
        trusting = Installation(
            installation.settings.model_copy(update=given), installation.pack, installation.engine
        )
        taken(trusting, f"inside: {name}", message.as_bytes())
        assert last_fate(installation, f"inside: {name}").grade == grade, name


def test_the_header_of_mail_from_inside_says_nothing_of_other_domains():
    settings = Settings(inside_header="X-Inside: yes", inside_header_stripped=True)
    for sender, expected in (
        ("ilo@example.org", True),
        ("ilo@Network.example.org", True),
        ("ilo@iom.example.org", False),
        ("ilo@example.com", False),
        ("ilo@work.example.org", False),
        ("", False),
    ):
        mail = read_mail(f"From: {sender}\nX-Inside: yes\n\n".encode())
        assert vouched(settings, "office@network.Example.org", mail) is expected, sender


def test_a_reply_is_known_by_the_address_it_came_to(installation: Installation):
    own = letters_of(installation).own
    address = plus_address("answers@example.org", own)
    assert address.startswith("answers+s.")
    for name, headers, grade in (
        ("To", {"To": f"Office <{address}>"}, Grade.SECRET),
        ("Cc", {"To": "a@x.org", "Cc": f"b@x.org, {address.upper()}"}, Grade.SECRET),
        ("Delivered-To", {"Delivered_To": address}, Grade.SECRET),
        ("X-Original-To", {"X_Original_To": address}, Grade.SECRET),
        ("Subject", {"subject": f"Re: {CYCLE} {address}"}, Grade.ADDRESS),
        ("guessed", {"To": f"answers+s.{'0' * 32}@example.org"}, Grade.ADDRESS),
        ("cut short", {"To": address.replace("@", "")[:-20] + "@example.org"}, Grade.ADDRESS),
    ):
        message = with_word(reply("<rewritten@relay.example.org>", **headers))
        fate = taken(installation, f"addressed: {name}", message.as_bytes())
        found = last_fate(installation, f"addressed: {name}")
        expected = Fate.TAKEN if grade is Grade.SECRET else Fate.NEEDS_A_PERSON
        assert (fate, found.grade) == (expected, grade), name


def test_somebody_elses_letter_at_its_own_address_is_no_proof(installation: Installation):
    to = plus_address("answers@example.org", letters_of(installation).other)
    taken(installation, "another's address", with_word(reply("", To=to)).as_bytes())
    found = last_fate(installation, "another's address")
    assert (found.fate, found.person) == (Fate.NEEDS_A_PERSON, "who")
    assert "no request that was sent to this address" in found.why


def test_a_reading_that_was_interrupted_is_done_again(installation: Installation):
    with reader_of(installation) as reader:
        arrivals = Arrivals(Intake(installation, LEFT), reader, at(LEFT, 9), Collected())
        content = with_word(reply(letters_of(installation).own), "late.docx").as_bytes()
        blocked = installation.settings.inputs
        blocked.mkdir(exist_ok=True)
        blocked.rename(blocked.with_name("away"))
        blocked.write_bytes(b"")  # what is taken cannot be kept
        assert arrivals.take("interrupted", content) is None
        blocked.unlink()
        blocked.with_name("away").rename(blocked)
        assert "kept, and read again next time" in arrivals.done.findings[-1]
        with reading(installation.engine) as session:
            assert len(interrupted(session)) == 1
        arrivals.go_on()
        arrivals.go_on()
    assert last_fate(installation, "interrupted").fate == Fate.TAKEN
    with reading(installation.engine) as session:
        assert [s.title for s in submissions_for(session, CYCLE)].count("late.docx") == 1


def test_of_a_stranger_only_address_hash_and_day_are_kept(installation: Installation):
    taken(installation, "somebody", with_word(reply("", sender="stranger")).as_bytes())
    with reading(installation.engine) as session:
        [kept] = [each for each in inbox(session) if each.item.place == "somebody"]
    assert (kept.item.content, kept.item.subject, kept.item.sender) == (None, None, None)
    assert (kept.sender, kept.item.received_on) == ("stranger@example.org", LEFT)


def test_what_a_reply_quotes_of_a_letter_that_left_is_known_by_this_letter(installation: Installation):
    own = letters_of(installation).own
    with reading(installation.engine) as session:
        content = letter_of(session, own)
        assert content is not None
        letter = parts_of(message_from_bytes(content))
        page = text_of(replace(letter, text=""))
        for name, text, shown in cut(letter.text, page):
            mail = read_mail(reply(own, text).as_bytes())
            assert written(session, mail, mail.parts())[0] == shown, name


def test_cases_have_names_of_their_own(installation: Installation):
    names = [case.name for case in every_case(letters_of(installation))]
    assert len(set(names)) == len(names)
    assert isinstance(every_case(letters_of(installation))[0], Case)


def test_one_that_breaks_its_reader_waits_for_a_person_and_nobody_calls_its_sender_silent(
    installation: Installation,
):
    with reading(installation.engine) as session:
        letter = next(n.letter for n in notices_of(session) if n.person == "undp" and n.cycle == CYCLE)
    inner = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(20))
    nested = f"From: undp@example.org\nReferences: {letter}\n{inner}Content-Type: text/plain\n\nViews.\n"
    assert taken(installation, "nested", nested.encode()) is Fate.SET_ASIDE
    found = last_fate(installation, "nested")
    assert (found.person, CYCLE in found.cycles, found.grade) == ("undp", True, Grade.SECRET)
    with reading(installation.engine) as session:
        come = [each for each in read_facts(session).answers_to(CYCLE) if each.person == "undp"]
    assert [(each.kind, each.source) for each in come] == [(AnswerKind.MESSAGE, f"inbox item {found.item}")]


def test_of_a_strangers_mail_that_breaks_its_reader_nothing_is_kept(installation: Installation):
    broken = b"From: x@stranger.example\n" + b"X: y\n" * 5000
    assert taken(installation, "broken stranger", broken) is Fate.SET_ASIDE
    with reading(installation.engine) as session:
        [item] = [kept.item for kept in inbox(session) if kept.item.place == "broken stranger"]
    assert (item.content, item.sender, item.stranger) == (None, None, "x@stranger.example")


def test_what_answers_a_letter_of_a_closed_cycle_waits_for_a_person(tmp_path: Path):
    with workplace_in(tmp_path, languages=TWO_LANGUAGES) as opened:
        for on in (TODAY, CALLED, LEFT):
            enforce(opened, on, at(on))
            dispatch(opened, on, at(on), Listed().open_channels)
        own = letters_of(opened).own
        one, *others = ["annual-meeting", "annual-workplan", "executive-committee-membership-update"]
        record(opened, {"completions": [met(one)]}, LEFT)
        assert taken(opened, "late", with_word(reply(own, subject="Re")).as_bytes()) is Fate.NEEDS_A_PERSON
        assert last_fate(opened, "late").cycles == [f"{each}/2027" for each in others]
        record(opened, {"completions": [met(each) for each in others]}, LEFT)
        assert taken(opened, "later", with_word(reply(own)).as_bytes()) is Fate.NEEDS_A_PERSON
        found = last_fate(opened, "later")
        assert (found.grade, "closed" in found.why) == (Grade.ADDRESS, True)


def met(obligation: str) -> dict[str, object]:
    return {"obligation": obligation, "completed_on": CALLED, "evidence": "minutes", "counts_for": "2027"}


def test_one_that_is_too_large_to_be_fetched_waits_for_a_person_under_its_name(installation: Installation):
    with reader_of(installation) as reader:
        arrivals = Arrivals(Intake(installation, LEFT), reader, at(LEFT, 9), Collected())
        for _ in range(2):
            arrivals.leave("large", 70_000_000, "unicef@example.org")
        arrivals.leave("a stranger's", 70_000_000, "x@stranger.example")
    found = last_fate(installation, "large")
    assert (found.fate, found.grade, found.person) == (Fate.SET_ASIDE, Grade.ADDRESS, "unicef")
    assert found.why == "67 megabytes, too large to be fetched"
    with reading(installation.engine) as session:
        kept = {each.item.place: each.item for each in inbox(session)}
        come = [each.kind for each in read_facts(session).answers_to(CYCLE) if each.person == "unicef"]
    assert (kept["large"].sender, kept["large"].content) == ("unicef@example.org", None)
    assert kept["a stranger's"].stranger == "x@stranger.example"
    assert come == [AnswerKind.UNVERIFIED]


def test_a_mail_that_names_no_sender_is_nobodys_even_where_somebody_has_no_address(tmp_path: Path):
    with workplace_in(tmp_path, languages=TWO_LANGUAGES) as opened:
        with reading(opened.engine) as session:
            directory = Intake(opened, TODAY).directory(session)
        nameless = replace(
            directory, people=(replace(directory.people[0], address=""), *directory.people[1:])
        )
        assert by_sender(nameless, "", "x").person is None
        assert by_sender(nameless, "", "x").grade is Grade.NOBODY
        assert by_sender(nameless, "ilo@example.org", "x").person == "ilo"
