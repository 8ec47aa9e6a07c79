"""What packages bring as components: while tests run nobody installs one, so one look is enough."""

from functools import cache

from streamlit.components.v2 import manifest_scanner

scan_once = cache(manifest_scanner.scan_component_manifests)
