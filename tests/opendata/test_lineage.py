from datetime import date

from clpt_growth.opendata.lineage import Kin, Lineage, Link

CHAIN = [Link(str(n), str(n - 1), "Predecessor", date(2000 + n, 9, 1)) for n in range(2, 9)]


def test_predecessors_are_followed_for_five_hops_and_no_further() -> None:
    assert [k.urn for k in Lineage(CHAIN).predecessors("8")] == ["7", "6", "5", "4", "3"]


def test_each_says_how_far_and_since_when() -> None:
    assert Lineage(CHAIN).predecessors("3") == (
        Kin("2", 1, True, date(2003, 9, 1)),
        Kin("1", 2, True, date(2002, 9, 1)),
    )


def test_a_link_written_from_either_side_is_one_link() -> None:
    links = Lineage([Link("2", "1", "Predecessor"), Link("1", "2", "Successor", date(2020, 1, 1))])
    assert links.predecessors("2") == (Kin("1", 1, True, date(2020, 1, 1)),)
    assert [k.urn for k in links.successors("1")] == ["2"]


def test_schools_merged_into_one_are_not_alone_and_nor_is_what_came_before_them() -> None:
    links = Lineage([Link("3", "1", "Predecessor"), Link("3", "2", "Predecessor"), Link("1", "0", "Predecessor")])
    assert {k.urn: k.alone for k in links.predecessors("3")} == {"1": False, "2": False, "0": False}


def test_a_school_split_in_two_is_not_alone() -> None:
    links = Lineage([Link("2", "1", "Predecessor"), Link("3", "1", "Predecessor")])
    assert [k.alone for k in links.predecessors("2")] == [False]


def test_the_word_merged_is_enough() -> None:
    assert [k.alone for k in Lineage([Link("2", "1", "Predecessor - amalgamated")]).predecessors("2")] == [False]


def test_circles_and_links_to_itself_end() -> None:
    links = Lineage([Link("1", "2", "Predecessor"), Link("2", "1", "Predecessor"), Link("1", "1", "Successor")])
    assert [k.urn for k in links.predecessors("1")] == ["2"]


def test_other_kinds_of_link_are_no_lineage() -> None:
    assert Lineage([Link("2", "1", "Sixth Form Centre School"), Link("2", "3", "Expansion")]).predecessors("2") == ()
