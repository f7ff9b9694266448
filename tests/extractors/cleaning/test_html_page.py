from datetime import UTC, date, datetime

import pytest

from extractors.cleaning import CleanedText, Rejection
from tests.extractors.cleaning.pages import PARAGRAPHS, URL, page, read

LD = '<script type="application/ld+json">{}</script>'
ARTICLE = (
    '{"@context":"https://schema.org","@type":"NewsArticle","headline":"Tema gets its third crane",'
    '"datePublished":"2024-03-22T00:30:00+02:00","dateModified":"2024-03-22T09:00:00+02:00",'
    '"author":{"@type":"Person","name":"Amal Haddad"},"articleSection":"Ports"}'
)

WALLS = {
    "en": "We and our 812 partners store information on a device. Accept all or manage your preferences. "
    "You can withdraw your consent at any time by returning to this site and opening the privacy menu.",
    "de": "Wir und unsere Partner verwenden Cookies. Zustimmen und weiter, oder Einstellungen verwalten. "
    "Sie können Ihre Einwilligung jederzeit widerrufen, wenn Sie zu dieser Seite zurückkehren.",
    "fr": "Nous et nos partenaires stockons des informations. Tout accepter, ou gérer mes choix. "
    "Vous pouvez retirer votre consentement à tout moment dans le menu de confidentialité.",
    "it": "Noi e terze parti selezionate utilizziamo cookie. Accetta e continua oppure gestisci le preferenze. "
    "Puoi revocare il consenso in qualsiasi momento dal menu in fondo alla pagina del sito.",
}


def cleaned(result: CleanedText | Rejection) -> CleanedText:
    assert isinstance(result, CleanedText), result
    return result


def reason(result: CleanedText | Rejection) -> str:
    assert isinstance(result, Rejection), result
    return result.reason


def test_the_text_is_the_article_without_its_surroundings() -> None:
    text = cleaned(read(page())).text
    assert all(paragraph in text for paragraph in PARAGRAPHS)
    assert "Imprint" not in text
    assert "Home" not in text


def test_a_page_states_its_metadata() -> None:
    head = LD.format(ARTICLE) + '<link rel="canonical" href="/news/tema"><meta name="keywords" content="Tema, ports">'
    found = cleaned(read(page(head)))
    assert found.headline == "Tema gets its third crane"
    assert found.authors == ("Amal Haddad",)
    assert (found.publisher, found.section, found.keywords) == ("example-courier.co.uk", "Ports", ("Tema", "ports"))
    assert found.canonical_url == "https://www.example-courier.co.uk/news/tema"
    assert found.modified_at == datetime(2024, 3, 22, 7, 0, tzinfo=UTC)
    assert found.language == "en"
    assert len(found.minhash) == 512


def test_the_day_is_the_publishers_own_at_its_offset() -> None:
    found = cleaned(read(page(LD.format(ARTICLE))))
    assert found.published_at == datetime(2024, 3, 21, 22, 30, tzinfo=UTC)
    assert found.published_on == date(2024, 3, 22)
    assert found.published_at_source == "json_ld"


def test_a_local_day_stated_elsewhere_on_the_page_beats_the_same_instant_in_utc() -> None:
    head = LD.format('{"@type":"Article","datePublished":"2024-03-20T23:30:00Z"}')
    head += '<meta property="article:published_time" content="2024-03-21T01:30:00+02:00">'
    assert cleaned(read(page(head))).published_on == date(2024, 3, 21)


def test_the_page_is_believed_before_the_feed_and_json_ld_before_meta() -> None:
    feed = datetime(2024, 3, 19, 8, 0, tzinfo=UTC)
    meta = '<meta property="article:published_time" content="2024-03-20T08:00:00Z">'
    ld = LD.format('{"@type":"Article","datePublished":"2024-03-21T08:00:00Z"}')
    found = [cleaned(read(page(head), published_at=feed)) for head in ("", meta, meta + ld)]
    assert [each.published_at_source for each in found] == ["feed", "meta", "json_ld"]
    assert [each.published_on and each.published_on.day for each in found] == [19, 20, 21]


def test_a_date_from_the_future_is_passed_over() -> None:
    head = LD.format('{"@type":"Article","datePublished":"2025-03-21T08:00:00Z"}')
    found = cleaned(read(page(head), published_at=datetime(2024, 3, 19, 8, 0, tzinfo=UTC)))
    assert (found.published_at_source, found.published_on) == ("feed", date(2024, 3, 19))


def test_a_date_only_claim_stands_as_it_is() -> None:
    found = cleaned(read(page('<meta name="date" content="2024-03-20">')))
    assert (found.published_on, found.published_at) == (date(2024, 3, 20), datetime(2024, 3, 20, tzinfo=UTC))


def test_a_day_gives_way_to_a_time_on_the_same_day() -> None:
    head = LD.format('{"@type":"Article","datePublished":"2024-03-20"}')
    head += '<meta property="article:published_time" content="2024-03-20T08:15:00+01:00">'
    assert cleaned(read(page(head))).published_at == datetime(2024, 3, 20, 7, 15, tzinfo=UTC)


def test_the_address_dates_a_page_that_says_nothing() -> None:
    found = cleaned(read(page(), url="https://example.org/2024/03/18/crane.html"))
    assert (found.published_at_source, found.published_on) == ("url", date(2024, 3, 18))


def test_without_any_claim_the_day_of_the_capture_stands_and_says_so() -> None:
    found = cleaned(read(page()))
    assert (found.published_at_source, found.published_on) == ("captured_at", date(2024, 3, 22))
    assert found.published_at is None


def test_a_listed_article_does_not_date_the_page() -> None:
    block = '{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","datePublished":"2024-01-01T08:00:00Z"}]}'
    assert cleaned(read(page(LD.format(block)))).published_at_source != "json_ld"


@pytest.mark.parametrize(
    ("charset", "label"),
    [
        ("utf-8", "text/html; charset=shift_jis"),
        ("utf-8", "text/html; charset=iso-8859-1"),
        ("utf-8-sig", "text/html; charset=windows-1251"),
        ("cp1252", "text/html; charset=iso-8859-1"),
        ("cp1252", "text/html; charset=utf-8"),
        ("utf-16", "text/html"),
    ],
)
def test_a_mislabelled_page_comes_out_right(charset: str, label: str) -> None:
    words = (
        "Der Hafen von Tema bekommt im Mai einen dritten Kran, über fünfzig Meter hoch, sagte Jörg Böhme am Freitag."
    )
    body = page('<meta charset="iso-8859-1">', [words, *PARAGRAPHS[:2]]).encode(charset)
    assert words in cleaned(read(body, label)).text


def test_a_cyrillic_page_with_a_western_label_comes_out_right() -> None:
    words = (
        "Порт получит третий кран в мае, сказал начальник порта Иван Петренко после заседания совета в пятницу вечером."
    )
    more = "Два старых крана сломались в январе, с тех пор суда ждали на рейде до девяти дней подряд."  # noqa: RUF001
    body = page("", [words, more, words + " " + more]).encode("cp1251")
    assert words in cleaned(read(body, "text/html; charset=iso-8859-1")).text


def test_japanese_is_long_enough_with_fewer_characters() -> None:
    words = "テマ港は五月に三基目のクレーンを導入すると港長が金曜日に述べた。二基は一月に故障していた。"
    body = page("", [words], "港の新しいクレーン").encode("cp932")
    assert cleaned(read(body, "text/html; charset=shift_jis")).text.endswith(words)


def test_a_headline_is_one_line_without_marks_that_turn_it_and_without_the_site() -> None:
    head = '<meta property="og:site_name" content="Example Courier">'
    found = cleaned(read(page(head, title="Third\u202e crane\x07 &amp; pier\n for Tema | Example Courier")))
    assert found.headline == "Third crane & pier for Tema"


def test_the_sources_headline_stands_in_where_the_page_has_none() -> None:
    body = "<html><body><div>" + "".join(f"<p>{words}</p>" for words in PARAGRAPHS) + "</div></body></html>"
    assert cleaned(read(body, headline="From the feed")).headline == "From the feed"


def test_a_canonical_address_elsewhere_is_not_believed() -> None:
    assert cleaned(read(page('<link rel="canonical" href="https://other.example.com/x">'))).canonical_url is None


@pytest.mark.parametrize(
    "body", [b"", b"  \n ", b"<html><body></body></html>", b"<html><body><script>x=1</script></body></html>"]
)
def test_a_page_without_words_has_no_text(body: bytes) -> None:
    assert reason(read(body)) == "no_text"


@pytest.mark.parametrize("body", [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"PK\x03\x04"])
def test_what_is_no_page_is_not_an_article(body: bytes) -> None:
    assert reason(read(body)) == "not_an_article"


def test_an_error_page_has_no_text() -> None:
    words = "Sorry, page not found. The page you requested may have moved. Check how the address was typed."
    assert reason(read(page("", [words], "Error 404: not found"))) == "no_text"


def test_a_photo_credit_is_too_short() -> None:
    assert reason(read(page("", ["Photo: Amal Haddad"], "A photo"))) == "too_short"


@pytest.mark.parametrize("words", WALLS.values(), ids=WALLS)
def test_a_consent_wall_is_no_article(words: str) -> None:
    assert reason(read(page("", [words], "Your choice"))) == "consent_wall"


def test_an_article_about_cookies_is_one() -> None:
    words = "Readers in Tema ignore the line “we use cookies”, a survey of the library found; few know what it means."
    assert words in cleaned(read(page("", [words, *PARAGRAPHS]))).text


@pytest.mark.parametrize(
    "block", ['{"@type":"Article","author":', "[" * 50_000, '{"headline":"a<b"}"' * 40, '"' + "x" * 1_100_000 + '"']
)
def test_json_ld_that_does_not_parse_costs_neither_the_article_nor_the_night(block: str) -> None:
    found = cleaned(read(page(LD.format(block) + LD.format(ARTICLE))))
    assert found.headline == "Tema gets its third crane"


@pytest.mark.parametrize(
    "body",
    [
        "<html><body><p " + " ".join(f"a{n}='>'" for n in range(20_000)) + ">x</p></body></html>",
        "<html><body>" + "<p>x" * 120_000 + "</body></html>",
        "<html><body>" + "x<br>" * 120_000 + "</body></html>",
    ],
    ids=["attributes", "paragraphs", "line breaks"],
)
def test_a_page_that_would_hold_the_parser_is_hostile(body: str) -> None:
    assert reason(read(body)) == "hostile"


def test_a_long_script_is_not_hostile() -> None:
    script = "<script>if (a<b) {" + " x = 'y';" * 30_000 + "}</script>"
    assert cleaned(read(page(script))).text


def test_a_page_reads_the_same_whatever_was_read_before() -> None:
    first = read(page(LD.format(ARTICLE)))
    read(page("", PARAGRAPHS[::-1], "Another page"))
    assert read(page(LD.format(ARTICLE))) == first


def test_the_publisher_of_a_loopback_host_is_the_host() -> None:
    assert cleaned(read(page(), url="http://courier.localhost:8080/x")).publisher == "courier.localhost"
    assert cleaned(read(page(), url=URL.replace("www.example-courier.co.uk", "127.0.0.1"))).publisher == "127.0.0.1"
