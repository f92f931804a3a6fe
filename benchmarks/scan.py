"""A scan of 25,000 invented schools beside Python's csv module reading the same columns, and the memory it takes."""

import csv
import gc
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from contest import Contestant, asked_for_quick, beside_first, headed, show, timed

from clpt_growth.files.library import library
from clpt_growth.opendata.catalogue import Catalogue, catalogue
from clpt_growth.opendata.reading import Reader
from clpt_growth.opendata.recognise import Found, recognised_in
from clpt_growth.opendata.scan import Asked, scan
from clpt_growth.opendata.topics import topics

AS_OF = date(2026, 12, 4)
HEADERS = Path(__file__).parents[1] / "tests" / "opendata" / "headers"
FIRST_URN = 900_000
NEAR = Asked(within_miles=Decimal(20))
MANY, FEW = 25_000, 60


def main(argv: Sequence[str] | None = None) -> None:
    # As every command does: many small values, and next to no circles to look for.
    gc.set_threshold(100_000)
    quick = asked_for_quick(__doc__ or "", argv)
    with TemporaryDirectory() as folder:
        sizes = (FEW,) if quick else (MANY // 10, MANY)
        rows = [_memory(Path(folder) / str(size), size) for size in sizes]
        last = Path(folder) / str(sizes[-1])
        results = timed(_contestants(last), turns=1 if quick else 3)
        megabytes = sum(p.stat().st_size for p in last.iterdir()) / 1e6
        about = f"{sizes[-1]:,} invented schools in {len(list(last.iterdir()))} tables, {megabytes:,.0f} MB."
        table = "\n".join(["| schools | MB at most, above an empty run |", "|--:|--:|", *rows])
        show(headed("A scan of every school", about, beside_first(results), table))


def _contestants(folder: Path) -> list[Contestant]:
    known = catalogue(library().dictionary)
    return [
        Contestant("csv module: the same columns of the same files", _csv_alone(recognised_in(folder, known), known)),
        Contestant("`scan`: all read, those within 20 miles listed", lambda: scanned(folder, NEAR), reach=3),
        Contestant("`scan`: all read, every one settled, judged and listed", lambda: scanned(folder, Asked())),
    ]


def scanned(folder: Path, asked: Asked) -> int:
    """A whole scan, from the folder to the last school; how many were listed."""
    packs = library()
    known = catalogue(packs.dictionary)
    found = recognised_in(folder, known)
    begun = scan(found, known, packs, topics(packs).topics, asked, own=[str(FIRST_URN)], as_of=AS_OF)
    return sum(1 for _ in begun.schools)


def _csv_alone(found: Found, known: Catalogue) -> Callable[[], object]:
    """Plain rows of the columns a scan reads, as anybody would read them."""
    dictionary = library().dictionary
    wanted = [
        (t.sheet, sorted({*Reader(t, known, dictionary).ready.places, t.index[t.dataset.urn]})) for t in found.tables
    ]

    def read() -> int:
        kept = 0
        for sheet, places in wanted:
            path = Path(_FOLDER[0]) / sheet.shown
            with path.open(encoding="cp1252", newline="") as file:
                for row in csv.reader(file):
                    kept += len([row[p] for p in places if p < len(row)])
        return kept

    return read


_FOLDER = [""]


def _memory(folder: Path, size: int) -> str:
    """The most a process held while it scanned, above what it holds with nothing to scan."""
    _FOLDER[0] = str(folder)
    write(folder, size)
    empty = folder.with_name(f"{size}-empty")
    write(empty, 1)
    most, least = (_most_held(place) for place in (folder, empty))
    return f"| {size:,} | {most - least:,.0f} |"


def _most_held(folder: Path) -> float:
    code = (
        "import resource, sys; from pathlib import Path; "
        f"sys.path.insert(0, {str(Path(__file__).parent)!r}); import scan; "
        f"scan.scanned(Path({str(folder)!r}), scan.Asked()); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    per_megabyte = 1e6 if sys.platform == "darwin" else 1e3
    return int(done.stdout) / per_megabyte


def write(folder: Path, size: int) -> None:
    """Tables of invented schools under the headers they are published with; the same for the same size."""
    folder.mkdir()
    for name, (header, row) in TABLES.items():
        columns = _header(header)
        with (folder / name).open("w", encoding="cp1252", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            random = Random(name)
            for urn in range(FIRST_URN, FIRST_URN + size):
                cells = row(urn, random)
                writer.writerow([cells.get(c, "") for c in columns])


def _header(name: str) -> list[str]:
    with (HEADERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


Cells = dict[str, object]


def _register(urn: int, random: Random) -> Cells:
    primary = random.random() < 0.8
    return {
        "URN": urn, "EstablishmentName": f"Invented School {urn}", "LA (name)": f"Invented Council {urn % 150}",
        "TypeOfEstablishment (name)": "Community school", "EstablishmentStatus (name)": "Open",
        "PhaseOfEducation (name)": "Primary" if primary else "Secondary", "StatutoryLowAge": 4 if primary else 11,
        "StatutoryHighAge": 11 if primary else 16, "OfficialSixthForm (name)": "Does not have a sixth form",
        "SchoolCapacity": 210, "NumberOfPupils": random.randint(90, 230), "CensusDate": "16-01-2025",
        "GOR (name)": "London", "Easting": random.randint(400_000, 600_000), "Northing": random.randint(1, 400_000),
        "EstablishmentTypeGroup (name)": "Local authority maintained schools", "Street": "1 Road", "Town": "Nowhere",
    }  # fmt: skip


def _inspected(urn: int, random: Random) -> Cells:
    grade = random.choice("1222233")
    day = f"{random.randint(10, 28)}/0{random.randint(1, 9)}/20{random.randint(19, 24)}"
    latest = {
        "URN": urn, "School name": f"Invented School {urn}", "Inspection start date": day, "Publication date": day,
        "URN at time of latest graded inspection": urn, "Overall effectiveness": grade, "Quality of education": grade,
        "Behaviour and attitudes": "2", "Personal development": "2", "Safeguarding is effective?": "Yes",
        "Effectiveness of leadership and management": grade, "Early years provision (where applicable)": "2",
        "Sixth form provision (where applicable)": "9",
    }  # fmt: skip
    before = {
        "Previous inspection start date": "14/05/2016", "Previous graded inspection overall effectiveness": "2",
        "Previous effectiveness of leadership and management": "2", "URN at time of previous graded inspection": urn,
    }  # fmt: skip
    return {**latest, **before}


def _census(urn: int, random: Random) -> Cells:
    pupils = random.randint(90, 230)
    shares = {name: f"{random.randint(0, 300) / 10}%" for name in ("PSENELSE", "PSENELK", "PNUMEAL", "PNUMFSMEVER")}
    return {"URN": urn, "NOR": pupils, "NUMFSM": pupils // 5, **shares}


def _absent(urn: int, random: Random) -> Cells:
    return {"URN": urn, "PERCTOT": random.randint(30, 90) / 10, "PPERSABS10": random.randint(50, 300) / 10}


def _ks2(urn: int, random: Random) -> Cells:
    share = "SUPP" if random.random() < 0.1 else f"{random.randint(30, 90)}%"
    return {
        "RECTYPE": 1, "URN": urn, "TELIG": 30, "PTRWM_EXP": share, "PTRWM_HIGH": "SUPP", "READ_AVERAGE": 104,
        "MAT_AVERAGE": 103, "READPROG": 0.3, "WRITPROG": -0.4, "MATPROG": 1.1, "TELIG_18": 28, "PTRWM_EXP_18": "56%",
    }  # fmt: skip


def _money(urn: int, random: Random) -> Cells:
    income = random.randint(700_000, 2_000_000)
    return {
        "URN": urn, "Period covered by return (months)": 12, "Did Not Supply flag": "N",
        "Total Income   I01 to I18": income, "Total Expenditure  E01 to E32": income - 10_000,
        "Staff Total ": income * 3 // 4,
        "In-year Balance   Total Income (I01 to I18) minus Total Expenditure (E01 to E32)": 10_000,
        "Revenue Reserve   B01 plus B02 plus B06": random.randint(-50_000, 200_000),
    }  # fmt: skip


TABLES: dict[str, tuple[str, Callable[[int, Random], Cells]]] = {
    "register_2025-09-01.csv": ("gias-full", _register),
    "inspections_2025-08-31.csv": ("ofsted-2025-08", _inspected),
    "census_2024-25.csv": ("census-2022-23", _census),
    "absence_2023-24.csv": ("absence-2022-23", _absent),
    "key_stage_2_2018-19.csv": ("ks2-2018-19", _ks2),
    "finance_2024-25.csv": ("cfr-master-list", _money),
}


if __name__ == "__main__":
    main()
