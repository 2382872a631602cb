"""Geometry of the pictures: exact numbers in, positions in per cent of the width out. The drawing is in templates/report/charts."""
