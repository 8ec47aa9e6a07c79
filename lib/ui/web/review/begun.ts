// The stretches that were begun and have no end yet, by session: kept while the browser tab is open, so that
// neither another session nor a page that is loaded anew drops them in silence.
const NAME = "signal-review-begun";

type Begun = ReadonlyMap<string, number>; // where [s], by the name of the code

export function begunIn(session: string | undefined, store: Storage = sessionStorage): Begun {
  const known = read(store)[session ?? ""];
  if (typeof known !== "object" || known === null) return new Map();
  return new Map(Object.entries(known).filter(([, start]) => Number.isFinite(start)));
}

export function keepBegun(
  session: string | undefined,
  begun: Begun,
  store: Storage = sessionStorage,
): void {
  const all = { ...read(store), [session ?? ""]: Object.fromEntries(begun) };
  store.setItem(NAME, JSON.stringify(all));
}

function read(store: Storage): Record<string, Record<string, number>> {
  try {
    const known = JSON.parse(store.getItem(NAME) ?? "{}");
    return typeof known === "object" && known !== null ? known : {};
  } catch {
    return {};
  }
}
