"""The shape of a ruler (DESIGN 5): plain pydantic, unknown keys refused. Meaning is given by the stages that read it.

Every number is kept as the decimal text that the YAML holds; `verify.ruler.values` turns it into a rational.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from verify.ruler.bridging import BridgeRules
from verify.ruler.divergence import Divergence
from verify.ruler.overrides import Direction
from verify.ruler.parts import Cite as Cite
from verify.ruler.parts import Confidence as Confidence
from verify.ruler.parts import Document as Document
from verify.ruler.parts import Strict as Strict
from verify.ruler.parts import Texts, Whole
from verify.ruler.parts import Words as Words

Severity = Literal["error", "warning", "question", "note"]
Verdict = Literal["met", "not_met", "undetermined", "no_limit"]
Opinion = Literal["unmodified", "modified", "adverse", "disclaimer"]
Kind = Literal["by_data_date", "fixed_by_text", "measured"]


class Reading(Strict):
    """One admissible answer to an open point; `value` where the answer is a number, `same_as` where it names a value."""

    id: str
    title: Words
    value: str = ""
    same_as: str = ""
    cite: Cite | None = None
    confidence: Confidence = "unconfirmed"


class Parameter(Strict):
    """An open point (national-ruler.md section 9): computed for every reading, and no bare `met` while one flips it.

    `conservative` is a reading id, or ``higher`` / ``lower``: whichever gives the higher or lower indicator. `about` says what
    is open: how green power counts, or (classification) anything else.
    """

    title: Words
    open: Words
    unit: str = ""
    readings: list[Reading] = Field(min_length=1)
    default: str
    conservative: str
    confidence: Confidence = "unconfirmed"
    decides: bool = True
    about: Literal["classification", "green_power"] = "classification"
    cite: Cite


class Source(Strict):
    """Where an input of a factor may come from: ``row.<column>``, a value id, or ``parameter.<id>``.

    ``{carrier}``, ``{product}`` and ``{gas}`` are filled in from the row, ``{province}`` from the park, and
    ``{parameter:<id>}`` stands for the reading of that open point. With `evidence`, a measured value counts only where the
    row's evidence is of one of these kinds. `newest`: where a dated value prints nothing for the year of the data, the newest
    number before it stands in; that is nobody's rule and founds nothing (unconfirmed).
    """

    origin: str
    evidence: list[str] = []
    newest: bool = False


def _sources(value: object) -> object:
    many = value if isinstance(value, list) else [value]
    return [{"origin": one} if isinstance(one, str) else one for one in many]


Sources = Annotated[list[Source], BeforeValidator(_sources)]


class Factor(Strict):
    """An effective factor: a formula over inputs, rounded half-even at 12 places once per distinct situation."""

    title: Words
    unit: str
    formula: str
    inputs: dict[str, Sources] = {}
    cite: Cite


class Line(Strict):
    """Which rows become which line of the ledger. The first line of its measure that matches a row takes it.

    `measure`: carbon (tonnes of the total), memo (tonnes beside the total: a second method, biogenic CO2), energy (tce).
    `match`: column -> admissible values (``where`` is inside, outside or unknown; ``covered`` is yes, unknown or no).
    `when`: parameter -> readings under which this line holds; a row may thus become different lines under different
    readings. `factor`: the first of the list that is defined for the row; none: the row is looked at and counts for nothing (inside trades, stock in the carbon measure).
    `proof`: kinds of evidence that prove a line below its class default.
    """

    id: str
    title: Words
    measure: Literal["carbon", "memo", "energy"]
    table: Literal["activity", "production", "process_balances", "emissions"]
    match: dict[str, Texts] = {}
    when: dict[str, Texts] = {}
    term: str = ""
    side: Literal["", "fence", "use"] = ""
    sign: Literal["+", "-"] = "+"
    factor: Texts = []
    default: str = ""
    gate: Literal["", "carbon_balance_in", "carbon_balance_out"] = ""
    credit: Literal["", "electricity", "heat"] = ""
    proof: list[str] = []
    cite: Cite


class Item(Strict):
    """A figure: a formula over filtered sums and other items. `when` gives another formula under other readings."""

    title: Words
    unit: str
    formula: str
    when: dict[str, dict[str, str]] = {}
    cite: Cite | None = None


class Coverage(Strict):
    """Whose carbon a product factor already holds; `unknown` where the source does not say."""

    covers: list[str] = []
    known: bool = True
    product_of_annex: bool = True
    title: Words | None = None
    value: str = ""
    cite: Cite | None = None


class OwnIntensity(Strict):
    """Reading of export_credit: what the operator itself emits per GJ of power and heat (factors per credit kind)."""

    emissions: str
    output: str
    unit: str
    per: dict[str, str]
    parameter: str
    reading: str
    cite: Cite


class Certificates(Strict):
    """How far certificates that were handed in prove power at zero: up to what a registry's statement on file confirms.

    `supply`: the supplies of such power; `statement`: kinds of evidence; `mwh`: MWh of one certificate (verify.ledger.unseen).
    """

    supply: list[str]
    statement: list[str]
    mwh: str
    cite: Cite


class Method(Strict):
    """The accounting method: terms, factors, lines, figures."""

    gases: list[str]
    terms: dict[str, Words]
    core_terms: list[str]
    factors: dict[str, Factor]
    lines: list[Line]
    items: dict[str, Item]
    own_intensity: OwnIntensity | None = None
    certificates: Certificates | None = None
    row_units: dict[str, dict[str, str]] = {}


class SizeClass(Strict):
    """One row of a limit table; `holds` is a figure formula, the first class that holds applies."""

    id: str
    title: Words
    holds: str
    when: dict[str, dict[str, str]] = {}
    limit: str = ""
    cite: Cite


class Indicator(Strict):
    """A figure with a limit. `numerator` / `denominator` are item ids; the value is their quotient."""

    title: Words
    kind: Literal["core", "guiding", "principle"]
    unit: str
    numerator: str
    denominator: str
    comparison: Literal["<=", ">="]
    limit: str = ""
    classes: list[SizeClass] = []
    places: Whole = 4
    formula: str = ""
    when: dict[str, dict[str, str]] = {}
    excludable: bool = False
    cite: Cite


class Boundary(Strict):
    """What is inside: kind, period, who may be a member."""

    kind: str
    period: str
    park_in_park_requires: list[str] = []
    text: Words
    cite: Cite


class Baseline(Strict):
    """Base year and history."""

    year: str = ""
    free: bool = False
    history_years: Whole = 0
    recalculation_threshold: str = ""
    text: Words
    cite: Cite


class Check(Strict):
    """A check's entry: how grave, which values, which clause. Which way a layer may move it stands in ``directions``."""

    alias: str = ""
    severity: Severity
    params: dict[str, Any] = {}
    cite: Cite


class OpinionRow(Strict):
    """A row of the opinion table: `holds` is a figure formula over the names that `verify.opinion` offers."""

    opinion: Opinion
    reason: str
    holds: str


class OpinionTable(Strict):
    """How findings become an opinion: the gravest row that holds decides, every row that holds is a reason."""

    assurance: Literal["limited", "reasonable"]
    materiality: str
    rows: list[OpinionRow]
    cite: Cite


class ClaimRule(Strict):
    """Words that a claim may not use without a basis."""

    words: list[str]
    needs: str
    text: Words
    cite: Cite


class Provision(Strict):
    """A sentence of the text that no calculation embodies, as it is printed there."""

    text: Words
    cite: Cite


class Sensitivity(Strict):
    """A value that the text does not admit, computed and printed beside the figure."""

    value: str
    to: str
    unit: str
    title: Words
    cite: Cite


class SmallGroups(Strict):
    """Value ids of the numbers behind suppression: a subtotal is published over `fewest` enterprises or more, none of them
    above `largest_share` of it; `most_withheld` caps the share of the tonnes that may go unpublished."""

    fewest: str
    largest_share: str
    most_withheld: str
    cite: Cite


class Attestation(Strict):
    """What a jurisdiction asks of the signatures beside those of lead and reviewer (ADR 0017): `further` names the
    algorithms of which one signature each must be there and hold."""

    further: list[Literal["sm2"]] = Field(min_length=1)
    cite: Cite


class Disclosure(Strict):
    """What of the facts is public, committed or withheld (DESIGN 10), by path: ``section`` or ``section.column``.

    `subtotals` are public where their group is not small; `rounded` numbers are public to so many places, outward. A section
    that is not named at all is withheld.
    """

    public: list[str]
    subtotals: list[str] = []
    rounded: dict[str, Whole] = {}
    committed: list[str] = []
    withheld: list[str] = []
    small_groups: SmallGroups
    cite: Cite


class Borrowed(Strict):
    """Parts of another ruler that a partial one uses because the method of its own text is not known (verify.ruler.borrowed)."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, serialize_by_alias=True)

    ruler: str = Field(alias="from")
    parts: list[
        Literal[
            "boundary",
            "baseline",
            "parameters",
            "method",
            "indicators",
            "processes",
            "checks",
            "claims",
            "opinion",
            "sensitivities",
            "disclosure",
            "attestation",
            "divergence",
            "bridge",
        ]
    ] = Field(min_length=1)
    because: Words


class RulerText(Strict):
    """A ruler as written, before its values are resolved."""

    id: str
    title: Words
    status: Literal["complete", "partial"]
    unknown_clauses: list[Words] = []
    authority: Words
    extends: str = ""
    borrows: Borrowed | None = None
    documents: dict[str, Document]
    factor_sets: list[str]
    bind: dict[str, str]
    values: dict[str, dict[str, Any]] = {}
    directions: dict[str, Direction] = {}
    divergence: Divergence
    boundary: Boundary
    baseline: Baseline
    parameters: dict[str, Parameter]
    method: Method
    indicators: dict[str, Indicator]
    processes: dict[str, Coverage] = {}
    provisions: list[Provision] = []
    checks: dict[str, Check] = {}
    claims: list[ClaimRule] = []
    opinion: OpinionTable
    sensitivities: list[Sensitivity] = []
    disclosure: Disclosure
    attestation: Attestation | None = None
    bridge: BridgeRules | None = None
