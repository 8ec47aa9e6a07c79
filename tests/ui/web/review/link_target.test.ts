import { expect, test } from "vitest";
import { askedMoment } from "../../../../lib/ui/web/review/link_target";

const STARTS = new Map([
  [0, 0],
  [3, 21.5],
]);
const asked = (query: string) => askedMoment(new URLSearchParams(query), (id) => STARTS.get(id));

test.each([
  ["", { span: null, seconds: 0 }],
  ["span=3", { span: 3, seconds: 21.5 }],
  ["span=3&t=30", { span: 3, seconds: 30 }],
  ["span=0&t=0", { span: 0, seconds: 0 }],
  ["t=12.5", { span: null, seconds: 12.5 }],
  ["t=-1", { span: null, seconds: 0 }],
  ["t=soon", { span: null, seconds: 0 }],
  ["span=99", { span: "unknown", seconds: 0 }],
  ["span=99&t=5", { span: "unknown", seconds: 5 }],
  ["span=", { span: "unknown", seconds: 0 }],
  ["span=%20&t=", { span: "unknown", seconds: 0 }],
])("the address ?%s asks for %j", (query, moment) => {
  expect(asked(query)).toEqual(moment);
});
