"""The prepared dictionary: kept where it can be written, made anew where it cannot be read."""

from pathlib import Path

import pytest

from app.lexicon.frequencies import load_frequencies


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "not" / "there yet"


def test_the_words_are_prepared_once_and_then_read(folder: Path) -> None:
    prepared = load_frequencies(folder)
    (file,) = folder.iterdir()
    written = file.stat().st_mtime_ns
    assert load_frequencies(folder) == prepared
    assert file.stat().st_mtime_ns == written


def test_a_broken_file_is_made_anew(folder: Path) -> None:
    folder.mkdir(parents=True)
    prepared = load_frequencies(folder)
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:1000])
    assert load_frequencies(folder) == prepared
    assert file.stat().st_size > 1000


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert load_frequencies(tmp_path / "file").weights
