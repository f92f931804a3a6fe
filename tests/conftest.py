"""What every test shares: the shipped library, read once from its YAML."""

import pytest

from clpt_growth.files.library import read_library
from clpt_growth.files.shipped import shipped
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.rules import Library


@pytest.fixture(scope="session")
def shipped_library() -> Library:
    return read_library(shipped("principles"))


@pytest.fixture(scope="session")
def shipped_dictionary(shipped_library: Library) -> Dictionary:
    return shipped_library.dictionary
