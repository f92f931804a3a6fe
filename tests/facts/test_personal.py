"""What identifies a person is refused; schools, hubs, councils and roles are not people."""

import pytest

from clpt_growth.facts.personal import people_listed, personal_detail, somebody

INSTEAD = "never identify a person: write a role or a count instead"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("head@oakfield.example.org", "an e-mail address"),
        ("write to a.b+c@d.co", "an e-mail address"),
        ("ring 0161 496 0000", "a telephone number"),
        ("ring (0161) 496 0000", "a telephone number"),
        ("07700900123", "a telephone number"),
        ("07700-900-123", "a telephone number"),
        ("+447700900123", "a telephone number"),
        ("+44 (0)161 496 0000", "a telephone number"),
        ("AB 12 34 56 C", "a National Insurance number"),
        ("NI number ab123456c on file", "a National Insurance number"),
        ("A123456789012", "a unique pupil number"),
        ("pupil h80120000123B", "a unique pupil number"),
        ("born 12/03/2010", "a date of birth"),
        ("born on 12 March 2010", "a date of birth"),
        ("DOB: 2010-03-12", "a date of birth"),
        ("date of birth 1 May", "a date of birth"),
        ("Mr Smith", "a person's name"),
        ("letter from Mrs. Jones, chair", "a person's name"),
        ("Ms O'Brien", "a person's name"),
        ("Mx McDonald", "a person's name"),
        ("Cllr Jones-Smith", "a person's name"),
        ("Sir John Moore", "a person's name"),
        ("Dr Patel is head at Hill School", "a person's name"),
        ("Mrs J Smith", "a person's name"),
        ("letter from Dr A. B. Patel, chair", "a person's name"),
        ("Miss Honey, Crunchem Hall Primary School", "a person's name"),
        ("Jane Smith, John Brown, Lee Wong", "a list of names"),
        ("Jane Smith, John Brown and Ann Green", "a list of names"),
        ("Jane Smith; Amy O'Hara; Lee Wong", "a list of names"),
        ("Jane Smith\nMary-Ann Jones\nLee Wong", "a list of names"),
        ("Jane Smith and John Brown", "a list of names"),
        ("Jane Smith, John Brown", "a list of names"),
        ("visit by Jane Smith and John Brown on 3 May", "a list of names"),
        ("Jane Smith (head) and Paul O'Brien (deputy)", "a list of names"),
        ("Present: Aisha Khan; Mohammed Ali", "a list of names"),
        ("Mary Jane Smith & Tom Jones", "a list of names"),
        ("headteacher Jane Smith", "a person's name"),
        ("letter from the head teacher, Jane Smith", "a person's name"),
        ("Head Teacher: Jane Smith", "a person's name"),
        ("Name: Jane Smith", "a person's name"),
        ("chair of governors (Jane Smith)", "a person's name"),
        ("a pupil called Jane Smith", "a person's name"),
        ("the principal is Jane Smith", "a person's name"),
    ],
)
def test_what_identifies_a_person_is_refused(text: str, what: str) -> None:
    assert personal_detail(text) == (f"this looks like {what}", INSTEAD)


@pytest.mark.parametrize("name", ["Smith", "J. Smith", "J B Smith", "O'Neil", "McKay"])
@pytest.mark.parametrize("stop", ["", "."])
@pytest.mark.parametrize(
    "title",
    [
        "Mr",
        "Mrs",
        "Ms",
        "Miss",
        "Mx",
        "Dr",
        "Prof",
        "Professor",
        "Rev",
        "Revd",
        "Reverend",
        "Canon",
        "Sir",
        "Dame",
        "Cllr",
    ],
)
def test_every_title_before_a_name_is_seen(title: str, stop: str, name: str) -> None:
    assert personal_detail(f"seen by {title}{stop} {name} today") == ("this looks like a person's name", INSTEAD)


@pytest.mark.parametrize(
    "text",
    [
        "Sir John Moore Primary School",
        "Sir John Moore Church of England Primary School",
        "Dame Alice Owen's School",
        "Dr Challoner's Grammar School",
        "The Canon Slade School",
        "the Sir Bobby Robson Foundation",
        "Hagg Lane Primary School, Sallow Bank Primary School, Larkfield Primary School",
        "Hagg Lane, Sallow Bank, Larkfield Park",
        "Primary Hub, Early Reading Hub, Tarn Valley Regional Hub",
        "East Hub, West Hub, Tarn Valley",
        "Milton Keynes, Tower Hamlets, Greater Manchester",
        "Kensington and Chelsea, Hammersmith and Fulham, Bracknell Forest",
        "Cheshire East, North Yorkshire, Central Bedfordshire",
        "Deputy Head, Business Manager, Teaching Assistant",
        "Chief Executive, Finance Director, Company Secretary",
        "English Language, Modern Languages, Religious Education",
        "Finance Committee, Audit Board, Governors' minutes",
        "company number 00999001",
        "0.41200000000000003",
        "£12,345,678 to £23,456,789",
        "2026-03-31 to 2027-03-31",
        "DfE register, 2026-11-02, 24,000 rows",
        "AB12 3CD",
        "born in Kent",
        "a pupil born later",
        "head of school and two deputies",
        "Jane Smith Trust, one of three",
        "Saint Mary and Saint John",
        "St Thomas More and St John Fisher",
        "Castle View and Hill Top",
        "Durham County Council",
        "Durham County Council and Gateshead Council",
        "White Rose and Little Wandle",
        "Google Workspace and Microsoft Teams",
        "Albert Road and Victoria Park",
        "James Allen Girls School and Thomas Telford School",
        "letter from Eversheds Sutherland and Browne Jacobson",
        "John Lewis Partnership and Thomas Cook Limited",
        "Thomas Telford",
        "visit to Harris Academy Battersea",
        "Kate Greenaway",
        "headteacher of Thomas Telford School",
        "chair: Audit Committee",
        "name: Silver Birch Primary",
        "head teacher's statement",
        "the director of St Martin Foundation",
        "Martin Luther King Day and Anne Frank Day",
        "the trust's director and the Henry Smith Charity",
    ],
)
def test_places_bodies_roles_and_figures_are_not_people(text: str) -> None:
    assert personal_detail(text) is None


@pytest.mark.parametrize(("people", "refused"), [(2, False), (3, True), (4, True)])
def test_a_list_of_names_we_do_not_know_starts_at_three(people: int, refused: bool) -> None:
    names = ["Oluwa Adeyemi", "Zhang Wei", "Siobhra Nic", "Amrit Dhaliwal"][:people]

    assert (personal_detail(", ".join(names)) is not None) is refused


def test_a_list_of_entries_that_are_names_is_refused() -> None:
    assert people_listed(["Jane Smith", "John Brown"]) == ("this looks like a list of names", INSTEAD)
    assert people_listed(["Jane Smith", "Hill School"]) is None
    assert people_listed(["Hill School", "James Allen Girls School", "Silver Birch", "White Rose"]) is None
    assert people_listed([]) is None


def test_a_long_line_of_words_is_judged_at_once() -> None:
    assert personal_detail("Sir John " * 200 + "x") is not None
    assert personal_detail("A b " * 500) is None


@pytest.mark.parametrize("text", ["Jane Smith", "J Smith", "J. Smith", "A. B. O'Hara"])
def test_a_name_alone_is_no_role(text: str) -> None:
    assert somebody(text) == ("this looks like a person's name", INSTEAD)
    assert personal_detail(text) is None


@pytest.mark.parametrize(
    "text", ["HR Director", "director of education", "Chief Executive", "Hill Partners LLP, surveyor", "SENCO", "CFO"]
)
def test_a_role_is_no_name(text: str) -> None:
    assert somebody(text) is None
