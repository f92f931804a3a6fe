"""Where the shipped principles and templates are."""

from clpt_growth.files.shipped import shipped


def test_the_principles_are_found_in_a_checkout_or_in_the_package() -> None:
    assert (shipped("principles") / "facts.yaml").is_file()
    assert (shipped("principles") / "growth" / "pack.yaml").is_file()
    assert (shipped("principles") / "diligence" / "pack.yaml").is_file()


def test_the_templates_stand_beside_the_principles() -> None:
    assert shipped("templates").parent == shipped("principles").parent
