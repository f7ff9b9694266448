from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from typer.testing import Result

from storage.edition.ask import ask
from storage.home import Home

Run = Callable[..., Result]

BODY = (
    "“The bridge will carry lorries again in April,” said Mirembe Okot, the district engineer. Traders in Gulu had "
    "waited for a year.\n\nThe repair costs 40,000 dollars and was paid for by the towns on both banks of the river."
)
PAGE = (
    "<html><head><title>Bridge opens</title><link rel='canonical' href='https://example.org/bridge?utm_source=x'>"
    "<meta property='article:published_time' content='2026-03-02T23:30:00-05:00'></head><body><article>"
    + "".join(
        f"<p>{paragraph} Nobody could say on Monday who would keep the road.</p>" for paragraph in BODY.split("\n\n")
    )
    + "</article></body></html>"
)


def articles(home: Home, what: str = "published_on::VARCHAR, headline, publisher") -> list[tuple[object, ...]]:
    return list(ask(home, f"SELECT {what} FROM articles ORDER BY ALL").rows)


def dated(folder: Path, name: str = "bridge.txt", start: str = " date 2026-03-02 ") -> Path:
    file = folder / name
    file.write_text(start + BODY)
    return file


def test_a_dated_text_becomes_an_article_of_its_day_with_its_paragraphs(run: Run, home: Home, tmp_path: Path) -> None:
    done = run(home, "ingest", str(dated(tmp_path)))
    assert done.exit_code == 0
    assert "Taken in: 1 article, " in done.stdout
    assert str(home.edition) in done.stdout
    assert articles(home, "published_on::VARCHAR, text, word_count") == [("2026-03-02", BODY, 40)]
    assert ask(home, "SELECT speaker FROM statements").rows == [("Mirembe Okot",)]


def test_the_same_file_again_adds_nothing_wherever_it_lies(run: Run, home: Home, tmp_path: Path) -> None:
    first = dated(tmp_path)
    run(home, "ingest", str(first))
    before = ask(home, "SELECT count(*) FROM log.events").rows
    moved = first.rename(tmp_path / "elsewhere.txt")
    done = run(home, "ingest", str(moved))
    assert "1 there already" in done.stdout
    assert ask(home, "SELECT count(*) FROM log.events").rows == before


def test_a_saved_page_keeps_its_address_and_its_publishers_own_day(run: Run, home: Home, tmp_path: Path) -> None:
    (tmp_path / "saved.html").write_text(PAGE)
    assert run(home, "ingest", str(tmp_path)).exit_code == 0
    assert articles(home, "published_on::VARCHAR, url, headline, publisher") == [
        ("2026-03-02", "https://example.org/bridge", "Bridge opens", "example.org")
    ]


def test_folders_are_walked_and_a_bad_file_is_named_while_the_others_are_taken(
    run: Run, home: Home, tmp_path: Path
) -> None:
    folder = tmp_path / "archive" / "march"
    folder.mkdir(parents=True)
    dated(folder)
    (folder / "undated.txt").write_text(BODY)
    (folder / "impossible.txt").write_text("date 2026-02-30 " + BODY)
    (folder / "picture.png").write_bytes(b"\x89PNG")
    done = run(home, "ingest", str(tmp_path / "archive"))
    assert done.exit_code == 1
    assert "undated.txt: it does not begin with a date" in done.stderr
    assert "impossible.txt: it is dated 2026-02-30, which is no day" in done.stderr
    assert "picture" not in done.stderr
    assert "2 errors (see above)" in done.stdout
    assert len(articles(home)) == 1


def test_an_undated_text_can_be_given_its_day(run: Run, home: Home, tmp_path: Path) -> None:
    file = dated(tmp_path, start="")
    assert run(home, "ingest", str(file), "--date", "2026-03-05").exit_code == 0
    assert articles(home, "published_on::VARCHAR") == [("2026-03-05",)]


def test_tables_are_read_by_their_mapped_columns(run: Run, home: Home, tmp_path: Path) -> None:
    rows = [
        {"body": f"{BODY} {number}", "date": f"2026-03-0{number}", "source": "The Gulu Sun"} for number in (1, 2, 3)
    ]
    table = pa.Table.from_pylist(rows)
    pq.write_table(table, tmp_path / "a.parquet")
    (tmp_path / "b.csv").write_text('body,date,source\n"One, two.",2026-03-04,The Gulu Sun\n')
    (tmp_path / "c.jsonl").write_text('{"body": "Three.", "date": "2026-03-05", "source": "The Gulu Sun"}\n')
    files = [str(tmp_path / name) for name in ("a.parquet", "b.csv", "c.jsonl")]
    done = run(home, "ingest", *files, "--map", "text=body,published_at=date,publisher=source")
    assert done.exit_code == 0, done.stderr
    assert articles(home, "published_on::VARCHAR, publisher") == [
        (f"2026-03-0{day}", "The Gulu Sun") for day in range(1, 6)
    ]


def test_a_row_without_a_text_is_named_by_its_number(run: Run, home: Home, tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("text,published_at\nWords.,2026-03-04\n,2026-03-05\nMore words.,someday\n")
    done = run(home, "ingest", str(tmp_path / "b.csv"))
    assert done.exit_code == 1
    assert "b.csv, row 2:" in done.stderr
    assert "b.csv, row 3:" in done.stderr
    assert len(articles(home)) == 1


def test_a_table_without_the_needed_column_says_which_there_are(run: Run, home: Home, tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("body,day\nWords.,2026-03-04\n")
    done = run(home, "ingest", str(tmp_path / "b.csv"))
    assert done.exit_code == 1
    assert "--map text=COLUMN; there are body, day" in done.stderr
    unknown = run(home, "ingest", str(tmp_path / "b.csv"), "--map", "text=words,published_at=day")
    assert "has no column 'words'" in unknown.stderr


def test_a_wrong_mapping_is_a_usage_error(run: Run, home: Home, tmp_path: Path) -> None:
    file = str(dated(tmp_path))
    assert run(home, "ingest", file, "--map", "text").exit_code == 2
    assert "there is no such field" in run(home, "ingest", file, "--map", "words=body").stderr


def test_what_is_not_there_or_of_no_known_kind_is_named(run: Run, home: Home, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    done = run(home, "ingest", str(tmp_path / "no.txt"), str(tmp_path / "picture.png"))
    assert done.exit_code == 1
    assert "no.txt: no such file or folder" in done.stderr
    assert "picture.png: not a kind of file" in done.stderr


def test_a_folder_without_anything_to_take_says_so(run: Run, home: Home, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "Nothing to take in" in run(home, "ingest", str(tmp_path / "empty")).stdout
