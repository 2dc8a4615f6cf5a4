"""Lets every Python process that finds this folder on its path live some seconds from now: see running.py."""

import os
from datetime import timedelta

import time_machine

# Only what says the date is moved. The clocks that waiting is measured by go on as they are: a program that
# moves those too, as libfaketime does, makes Python wait for days where it should wait for a second.
time_machine.travel(timedelta(seconds=float(os.environ["SECONDS_FROM_NOW"])), tick=True).start()
