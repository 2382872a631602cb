"""Run by the judges' own Python: rfc8785 on JSON files. Prints the names of those that are not its own bytes."""

import json
import sys
from pathlib import Path

import rfc8785

for name in sys.argv[1:]:
    data = Path(name).read_bytes()
    if rfc8785.dumps(json.loads(data)) != data:
        print(Path(name).name)
