"""The road behind a local web page, for people who do not use a terminal.

Here: upload, progress, report; everything else is a call of `road`.
Not here: any rule, any computation, any words (catalogues). Nothing imports this package.
"""
