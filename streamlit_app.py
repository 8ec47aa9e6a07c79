"""Signal Review: the frame around the pages."""

from lib.ui import house, shared, steady

house.configure()
try:
    house.navigation().run()
finally:  # a page that leads elsewhere ends with an exception
    shared.wake()
    steady.settle()
