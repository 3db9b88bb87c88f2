#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Drives the built program from outside, as a person or a script does.

usage: tests/cli/run.py JUMPSEAT SIMULATOR_PROGRAM [WORD]   only cases whose name has WORD in it
"""

import sys

import cases_account
import cases_budget
import cases_doctor
import cases_keys
import cases_service
import cases_usage
import cases_words
from desk import run_cases


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    cases = (cases_words.CASES + cases_service.CASES + cases_account.CASES +
             cases_keys.CASES + cases_budget.CASES + cases_usage.CASES + cases_doctor.CASES)
    if len(sys.argv) > 3:
        cases = [case for case in cases if sys.argv[3] in case.__name__]
    sys.exit(1 if run_cases(cases, sys.argv[1:3]) else 0)


if __name__ == '__main__':
    main()
