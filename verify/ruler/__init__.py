"""The ruler (标尺): regulation as data, resolved, checked and digested. Knows formulas and units, never a park."""

from verify.ruler.load import available, load_ruler
from verify.ruler.model import Cite, Indicator, Item, Line, Parameter, RulerText
from verify.ruler.resolved import Ruler
from verify.ruler.values import Entry, Value

__all__ = [
    "Cite",
    "Entry",
    "Indicator",
    "Item",
    "Line",
    "Parameter",
    "Ruler",
    "RulerText",
    "Value",
    "available",
    "load_ruler",
]
