import { expect, test } from "vitest";
import {
  addLetter,
  dropAnswered,
  dropRenewals,
  EMPTY,
  type Outbox,
  sendAgain,
  stampAct,
} from "../../../../lib/ui/web/review/outbox";
import type { ReviewAct } from "../../../../lib/ui/web/shared/protocol";

const act = (at: number): ReviewAct => ({ kind: "unjudge", signal: at, reviewer: "Ana", at });
const letter = (at: number) => ({ act: act(at), drafted: null });
const times = ({ letters }: Outbox) => letters.map((one) => one.act.at);

test("the first is sent at once, and the next when that is answered", () => {
  const first = addLetter(EMPTY, letter(5), 5);
  expect(first.send).toEqual(act(5));
  const second = addLetter(first.outbox, letter(6), 6);
  expect(second.send).toBeNull();
  const answered = dropAnswered(second.outbox, 5, 8);
  expect(answered.send).toEqual(act(6));
  expect(times(answered.outbox)).toEqual([6]);
  expect(dropAnswered(answered.outbox, 6, 9)).toEqual({
    outbox: { letters: [], sentAt: 8 },
    send: null,
  });
});

test("the same answer again sends nothing twice", () => {
  const { outbox } = addLetter(addLetter(EMPTY, letter(5), 5).outbox, letter(6), 6);
  expect(dropAnswered(outbox, 4, 7).send).toBeNull();
  const after = dropAnswered(outbox, 5, 7).outbox;
  expect(dropAnswered(after, 5, 8).send).toBeNull();
  expect(dropAnswered(EMPTY, 5, 8).send).toBeNull();
});

test("what was lost with its connection is sent again, in its order", () => {
  const { outbox } = addLetter(EMPTY, letter(5), 5);
  expect(addLetter(outbox, letter(20_000), 20_000).send).toEqual(act(5));
});

test("what is not answered for long is sent again by itself, and only then", () => {
  const { outbox } = addLetter(addLetter(EMPTY, letter(5), 5).outbox, letter(6), 6);
  expect(sendAgain(outbox, 9_000).send).toBeNull();
  const again = sendAgain(outbox, 11_000);
  expect(again.send).toEqual(act(5));
  expect(sendAgain(again.outbox, 12_000).send).toBeNull();
  expect(sendAgain(EMPTY, 99_000).send).toBeNull();
});

test("an act does not wait for a wish to hear of others, which its answer grants too", () => {
  const wish: ReviewAct = { kind: "renew", at: 5 };
  const { outbox } = addLetter(EMPTY, { act: wish, drafted: null }, 5);
  expect(addLetter(dropRenewals(outbox), letter(6), 6).send).toEqual(act(6));
  const mine = addLetter(EMPTY, letter(5), 5).outbox;
  expect(dropRenewals(mine)).toEqual(mine);
});

test("no two bear the same time", () => {
  const { outbox } = addLetter(EMPTY, letter(5), 5);
  expect(stampAct(outbox, act(5)).at).toBe(6);
  expect(stampAct(outbox, act(3)).at).toBe(6);
  expect(stampAct(outbox, act(9)).at).toBe(9);
});
