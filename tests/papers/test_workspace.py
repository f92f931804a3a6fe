from clpt_growth.model.rules import Library
from clpt_growth.papers.workspace import workspace_page


def test_the_page_explains_the_letters_of_every_pack(shipped_library: Library) -> None:
    page = workspace_page(shipped_library.packs)
    assert "Growth principles (P01 to P29c)." in page
    assert all(pack.title in page for pack in shipped_library.packs)


def test_the_page_fits_eighty_columns(shipped_library: Library) -> None:
    assert max(map(len, workspace_page(shipped_library.packs).splitlines())) <= 80
