"""TrueZero (真零): recomputes a zero-carbon claim under a declared ruler and says where a reduction came from.

The public Python API is `verify.road`; this file imports nothing, so that ``--help`` stays quick.
"""

__version__ = "0.1.0"
