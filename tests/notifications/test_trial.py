"""A message of a trial: the same words, headed by whom they are meant for, to one address."""

from notifications.messages import Message
from notifications.trial import for_trial, in_place_of
from policies.people.directory import Recipient

AMAL = Recipient("amal", "Amal <Haddad>", "amal@example.org", "ar")
LI = Recipient("li", "Li Wei", "li@example.org", "zh")


def test_it_names_everybody_who_would_get_it_and_the_channel():
    message = Message("الموعد", "نص\n", '<html><body dir="rtl"><p>نص</p></body></html>', "ar")
    shown = for_trial(message, AMAL, [LI], "team-chat")
    said = "Trial: in earnest this would go to Amal <Haddad> <amal@example.org> by team-chat. "
    said += "Copies would go to Li Wei <li@example.org>."
    assert shown.subject == "[Trial, for Amal <Haddad>] الموعد"
    assert shown.text == f"{said}\n\nنص\n"
    assert shown.html.startswith('<html><body dir="rtl"><p lang="en" dir="ltr"')
    assert "Amal &lt;Haddad&gt; &lt;amal@example.org&gt; by team-chat" in shown.html
    assert shown.html.endswith("<p>نص</p></body></html>")
    assert shown.language == "ar"


def test_it_goes_to_the_one_address():
    there = in_place_of(AMAL, "trial@example.org")
    assert (there.address, there.name, there.language) == (
        "trial@example.org",
        "Trial, for Amal <Haddad>",
        "ar",
    )
