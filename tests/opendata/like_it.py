"""A folder of downloads with one school and eleven like it, small enough to work its places out by hand."""

from pathlib import Path

from opendata.downloads import put, school

OWN = "999102"
OTHERS = tuple(f"9993{n:02}" for n in range(1, 12))
_REGION = {"GOR (name)": "North West"}


def put_like_it(folder: Path) -> None:
    """Eleven primary schools of 205 to 215 pupils in one region and ours, of 200 as published.

    Persistent absence is 11% to 19% in the first nine; the tenth is in no table of absence, the eleventh's figure is
    suppressed. Overall absence is published of the first eight alone.
    """
    put(folder, "edubasealldata20250901.csv", "gias-full", [school(u, **_REGION) for u in (OWN, *OTHERS)])
    roll = {"PSENELSE": "4%", "PSENELK": "16%", "NUMFSM": "20"}
    pupils = {OWN: 200} | {urn: 205 + n for n, urn in enumerate(OTHERS)}
    put(folder, "2024-25_census.csv", "census-2022-23", [{"URN": u, "NOR": str(n)} | roll for u, n in pupils.items()])
    away = [
        {"URN": urn, "PPERSABS10": f"{11 + n}.0", "PERCTOT": f"{4 + n / 10:.1f}" if n < 8 else ""}
        for n, urn in enumerate(OTHERS[:9])
    ]
    silent = {"URN": OTHERS[10], "PPERSABS10": "SUPP", "PERCTOT": "SUPP"}
    ours = {"URN": OWN, "PPERSABS10": "13.5", "PERCTOT": "5.0"}
    put(folder, "2023-24_abs.csv", "absence-2022-23", [*away, silent, ours])
