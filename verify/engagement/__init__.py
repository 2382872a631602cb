"""The verifier's job over time: opening, plan, sampling, questions and answers, sign-off (verification-procedure.md).

Here: the steps of an engagement and the files it keeps; a step calls `road`, it never composes stages anew.
Not here: checks and opinion (their own rooms), signatures (attest), talking to people (cli, serve).
"""
