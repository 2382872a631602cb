"""Comparisons as people read them: values only, the document of verify.road.comparison in, words and a page out."""

from verify.report.comparison.page import comparison_files, render_comparison, render_order
from verify.report.comparison.teller import Teller

__all__ = ["Teller", "comparison_files", "render_comparison", "render_order"]
