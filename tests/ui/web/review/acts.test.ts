import { beforeEach, expect, test, vi } from "vitest";
import { post, remember, takeAnswer, takeReviewer } from "../../../../lib/ui/web/review/acts";
import { EMPTY } from "../../../../lib/ui/web/review/outbox";
import { room, setRoom } from "../../../../lib/ui/web/review/room";

const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  setRoom({ stop: null, reviewer: "", toldReviewer: "", outbox: EMPTY, send: () => {} });
});

function mount(told: string): void {
  takeReviewer(told);
  setRoom({ stop: () => {} });
}

test("a name that was given elsewhere on the page is remembered once the page is mounted", () => {
  mount("");
  takeReviewer("Ana");
  expect(room.reviewer).toBe("Ana");
  expect([...kept.values()]).toEqual(["Ana"]);
});

test("a page that is mounted first takes the name of Python, else that of the browser", () => {
  remember("Bo");
  mount("");
  expect(room.reviewer).toBe("Bo");
  setRoom({ stop: null });
  mount("Ana");
  expect(room.reviewer).toBe("Ana");
});

test("a name that was changed or forgotten here is not brought back by what Python knew before", () => {
  mount("Ana");
  remember("");
  takeReviewer("Ana");
  expect(room.reviewer).toBe("");
  remember("Bo");
  takeReviewer("Ana");
  expect(room.reviewer).toBe("Bo");
});

test("while an act is on its way the name stays, and news is taken once it is answered", () => {
  mount("");
  remember("Bo");
  post({ kind: "unjudge", signal: 1, reviewer: "Bo", at: 1 });
  takeReviewer("Ana");
  expect(room.reviewer).toBe("Bo");
  takeAnswer(room.outbox.letters[0]?.act.at ?? 0, 0);
  takeReviewer("Ana");
  expect(room.reviewer).toBe("Ana");
});
