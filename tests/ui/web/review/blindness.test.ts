import { expect, test } from "vitest";
import {
  takeOpened,
  tellForgottenMode,
  withProbabilities,
} from "../../../../lib/ui/web/review/blindness";
import { EMPTY } from "../../../../lib/ui/web/review/outbox";
import { room, setRoom } from "../../../../lib/ui/web/review/room";
import { orderSpans } from "../../../../lib/ui/web/review/span_order";
import type { ReviewAct } from "../../../../lib/ui/web/shared/protocol";
import { span } from "./spans";

const HIDDEN = [0, 1, 2].map((id) => span(id, { probability: "hidden" }));

test("of spans that were judged the probability is shown, of no other", () => {
  const shown = withProbabilities(HIDDEN, new Map([[1, "low"]]));
  expect(shown.map((one) => one.probability)).toEqual(["hidden", "low", "hidden"]);
  expect(shown[0]).toBe(HIDDEN[0]);
});

test("what is hidden stands last by its probability, in the order of time", () => {
  const shown = withProbabilities(HIDDEN, new Map([[2, "not given"]]));
  expect(orderSpans(shown, null, { by: "probability", down: false })).toEqual([2, 0, 1]);
});

test("to the next reviewer is hidden again what the one before was shown", () => {
  setRoom({ sent: HIDDEN, spans: HIDDEN });
  takeOpened([{ id: 1, probability: "low" }]);
  expect(room.spans.map((one) => one.probability)).toEqual(["hidden", "low", "hidden"]);
  takeOpened([]);
  expect(room.spans.map((one) => one.probability)).toEqual(["hidden", "hidden", "hidden"]);
  expect(room.byId.get(1)?.probability).toBe("hidden");
});

test("a server that has forgotten who judges blind is told once", () => {
  const sent: ReviewAct[] = [];
  setRoom({ mode: "blind", reviewer: "Ana", outbox: EMPTY, send: (act) => sent.push(act) });
  tellForgottenMode("");
  tellForgottenMode("");
  expect(room.outbox.letters).toHaveLength(1);
  setRoom({ outbox: EMPTY });
  tellForgottenMode("Ana");
  setRoom({ mode: "open" });
  tellForgottenMode("");
  expect(sent.map(({ kind }) => kind)).toEqual(["mode"]);
});
