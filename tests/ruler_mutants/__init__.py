"""Rulers changed by a hair: does a rule test notice? (issue 4 of 8, must show 3)"""
