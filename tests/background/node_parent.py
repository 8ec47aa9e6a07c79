"""What nodes are forked of: a process that has loaded what each of them would load for itself."""

import gc
import importlib
import inspect
import pkgutil

from streamlit.components.v2 import manifest_scanner

import lib.background
import lib.ui.analyze
import lib.ui.runs
import lib.ui.shell
import tests.background.node  # noqa: F401
from tests.components import scan_once

ROOMS = (lib.background, lib.ui.analyze, lib.ui.runs, lib.ui.shell)
LATE = (  # what their libraries load no sooner than they use it
    *("av", "pandas", "PIL.Image", "plotly.graph_objects"),
    *("anyio._backends._asyncio", "uvicorn.lifespan.on", "uvicorn.protocols.http.auto"),
    *("streamlit.material_icon_names", "streamlit.web.server.starlette"),
)

for room in ROOMS:
    for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
        importlib.import_module(module.name)
for name in LATE:
    importlib.import_module(name)
manifest_scanner.scan_component_manifests = scan_once
scan_once()
inspect.stack()  # Streamlit asks for it once, and Python then looks up the file of each module
gc.collect()
gc.freeze()  # no node goes through all this again, which would copy it
