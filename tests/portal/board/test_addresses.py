from portal.board.addresses import Addresses, short
from records.overview import Wanted


def test_a_filter_keeps_what_was_asked_before():
    at, wanted = Addresses("en"), Wanted(words="a&b", state="open", page=3)
    assert at.board(wanted, holder="iom", page=1) == "/en/?q=a%26b&state=open&holder=iom"
    assert at.board(wanted) == "/en/?q=a%26b&state=open&page=3"
    assert at.board() == "/en/"


def test_a_page_is_found_in_another_language():
    assert Addresses("en").in_language("/en/cycles/a/2026", "ar") == "/ar/cycles/a/2026"


def test_the_short_name_of_a_notice_is_safe_in_an_address():
    assert short("a/2026:reminder:due+1:iom:email").isalnum()
    assert short("a") != short("b")
