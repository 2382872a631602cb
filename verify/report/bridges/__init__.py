"""Where the reduction came from: the bridges of a report as a reader sees them, sentences first, then pictures and tables.

In: ``facts["bridges"]`` (shape: docs/formats/report.schema.json). Not here: the arithmetic (verify.bridge), the geometry
(verify.report.charts), the drawing (templates/report), and the wording (templates/messages/bridge.yaml).
"""

from verify.report.bridges.told import Bridges, bridges, has_bridges

__all__ = ["Bridges", "bridges", "has_bridges"]
