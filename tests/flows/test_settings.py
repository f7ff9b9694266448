from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from flows.settings import Settings


def test_variables_go_before_the_file_and_the_file_before_defaults(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "dateline.toml").write_text('contact = "https://example.org"\nworkers = 3\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_WORKERS", "5")
    found = Settings()
    assert (found.contact, found.workers, found.pages_per_batch) == ("https://example.org", 5, 100)


def test_a_named_file_is_read_instead_of_the_one_in_the_working_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "dateline.toml").write_text("workers = 3\n")
    (tmp_path / "other.toml").write_text("workers = 4\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_CONFIG", str(tmp_path / "other.toml"))
    assert Settings().workers == 4


def test_an_unknown_setting_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "dateline.toml").write_text("wrokers = 3\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValidationError, match="wrokers"):
        Settings()
