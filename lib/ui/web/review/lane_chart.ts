// The lanes as Python drew them, all spans; a filter takes columns out of them and rows together.
import { keptColumns, laneLayout, passingPlaces, placeRows, usedRows } from "./lane_rows";
import {
  type DrawnFigure,
  drawnTraces,
  type Graph,
  graph,
  LANE_COLUMNS,
  type LaneTrace,
  plotly,
  type Trace,
} from "./plotly_chart";
import { room, setRoom } from "./room";

function laneTrace(trace: Trace): LaneTrace {
  const filled = LANE_COLUMNS.filter((name) => trace[name]?.length);
  return Object.fromEntries(filled.map((name) => [name, trace[name]]));
}

function wholeFigure(gd: Graph): DrawnFigure | null {
  const known = room.whole.get(gd);
  if (known) return known;
  const drawn = drawnTraces(gd);
  const { layout } = gd;
  if (!drawn || !layout?.meta) return null;
  const whole = {
    traces: drawn.map(laneTrace),
    meta: layout.meta,
    title: layout.title.text,
    height: layout.height,
    margins: layout.margin,
  };
  room.whole.set(gd, whole);
  return whole;
}

export function drawLanes(): void {
  const gd = graph("chart_lanes");
  const code = plotly();
  const all = gd && code ? wholeFigure(gd) : null;
  if (!gd || !code || !all) return;
  const before = room.drawn;
  const known = before?.gd === gd && before.data === gd.data;
  if (known && before.shown === room.shown) return;
  setRoom({ drawn: { gd, shown: room.shown, data: gd.data } });
  if (!known && !room.shown) {
    setRoom(placeRows(all.traces, [...all.meta.lane_of_row.keys()]));
    return;
  }
  const kept = passingPlaces(all.traces, room.shown);
  const used = usedRows(all.traces, kept);
  const places = placeRows(all.traces, used);
  setRoom(places);
  const change = keptColumns(all.traces, kept, places.rows);
  const layout = laneLayout(all, used, room);
  code.update(gd, change, layout, [...all.traces.keys()]);
  setRoom({ drawn: { gd, shown: room.shown, data: gd.data } });
}
