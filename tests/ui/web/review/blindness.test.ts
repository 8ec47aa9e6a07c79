import { expect, test } from "vitest";
import { withProbabilities } from "../../../../lib/ui/web/review/blindness";
import { orderSpans } from "../../../../lib/ui/web/review/span_order";
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
