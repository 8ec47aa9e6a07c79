"""Charts: DataFrame -> plotly figure, pure. Knows plotly, and the tables' columns.

What is drawn is what was measured: time is in seconds on a linear axis from 0 to the end of the
recording, a span has its true length, a score its value as sent. The charts share one time axis
(same margins, same range), so they line up under each other to the pixel.
"""

from lib.charts.codes import codes
from lib.charts.engagement import engagement
from lib.charts.lanes import lanes
from lib.charts.measurement import measurement
from lib.charts.quality import quality
from lib.charts.speech import speech

__all__ = ["codes", "engagement", "lanes", "measurement", "quality", "speech"]
