"""Many parks beside each other: what each filed in facts of its own (`extract`, `state`), and checks over all of them (`check`).

Here: the folder of a registry, the checks across parks (TZ-REG-NN, rules/registry), ranks that hold under every ruler.
Not here: reading and verifying one park (road), its own checks (checks), pages and words (report, cli).
"""

from verify.registry.check import Checked, check
from verify.registry.extract import facts_of
from verify.registry.facts import ParkFacts
from verify.registry.found import Found
from verify.registry.state import Registry, writing

__all__ = ["Checked", "Found", "ParkFacts", "Registry", "check", "facts_of", "writing"]
