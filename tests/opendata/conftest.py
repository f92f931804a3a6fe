from pathlib import Path

import pytest

from clpt_growth.model.rules import Library
from clpt_growth.opendata.catalogue import Catalogue, catalogue
from clpt_growth.opendata.recognise import Found, recognised_in


@pytest.fixture(scope="session")
def known(shipped_library: Library) -> Catalogue:
    return catalogue(shipped_library.dictionary)


class Folder:
    """A folder of downloads, and what is found in it."""

    def __init__(self, path: Path, known: Catalogue) -> None:
        self.path = path
        self.known = known

    @property
    def found(self) -> Found:
        return recognised_in(self.path, self.known)


@pytest.fixture
def folder(tmp_path: Path, known: Catalogue) -> Folder:
    return Folder(tmp_path, known)
