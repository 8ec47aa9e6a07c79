"""Measure every pair in this one run, and print the table."""

from bench import answers, browser, lanes, upload
from bench.table import show

show([*upload.rows(), *answers.rows(), *lanes.rows(), *browser.rows()])
