"""Signal Review: the frame around the pages."""

from lib.ui import house

house.configure()
house.navigation().run()
