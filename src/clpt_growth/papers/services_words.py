"""What a school pays for services today beside the trust's charge, and the contracts that are coming up."""

from datetime import date

from clpt_growth.facts.contracts import renewing
from clpt_growth.model.fact import Record
from clpt_growth.papers.markdown import Md, joined, md
from clpt_growth.papers.view import Reader
from clpt_growth.papers.wording import day, listed, money, noun, plural


def services(reader: Reader, *, and_tell: bool = False) -> Md:
    """A saving, or an extra cost; the board is also told to tell the school."""
    today, charge = (
        reader.fact("case.integration.services_replaced_gbp"),
        reader.fact("case.integration.central_charge_gbp"),
    )
    saving = reader.fact("case.services.saving_gbp")
    due = _due(reader, reader.assessment.case.as_of)
    if not (today and charge and saving):
        return joined(
            [Md("What the school pays for the same services today, beside our charge, is not evidenced."), due]
        )
    change = (
        f"It would save {money(saving.value)} a year."
        if saving.value >= 0
        else f"It would pay {money(-saving.value)} a year more{', and should be told' if and_tell else ''}."
    )
    words = "The school pays {} today for services our charge of {} would replace. {}"
    return joined([md(words, money(today.value), money(charge.value), change), due])


def _due(reader: Reader, as_of: date) -> Md:
    """Each contract for a service we also give that ends within two years."""
    contracts = reader.fact("school.contracts")
    found = renewing(contracts.value, as_of) if contracts is not None else None
    if not found:
        return Md("") if found is None else Md("No contract for such services ends within two years.")
    each = listed(_contract(c) for c in sorted(found, key=lambda c: c["ends_on"]))
    ends = noun(len(found), "ends", "end")
    return md("{} for such services {} within two years: {}.", plural(len(found), "contract"), ends, each)


def _contract(contract: Record) -> str:
    said = [f"{money(contract['annual_gbp'])} a year"] if isinstance(contract.get("annual_gbp"), int) else []
    said.append(f"to {day(contract['ends_on'])}")
    notice = contract.get("notice_days")
    said += [f"{plural(notice, 'day')} of notice"] if isinstance(notice, int) else []
    said += ["renews itself"] if contract.get("renews_itself") is True else []
    return f"{contract['what']} ({', '.join(said)})"
