"""Tables as files: DataFrame -> bytes, one format a module, pure. Knows pandas."""

from lib.exports.csv_table import signals_csv

__all__ = ["signals_csv"]
