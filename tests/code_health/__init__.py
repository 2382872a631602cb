"""The rules of the house, tested: DESIGN sections 2, 3, 6 and 13. Each test has a broken twin that it must reject."""
