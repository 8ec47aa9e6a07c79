// The moment or span that a link leads to.
export interface AskedMoment {
  readonly span: number | "unknown" | null; // "unknown": one that the session does not have
  readonly seconds: number; // 0: none
}

// What the address asks for: a span by its id, a moment, or both.
export function askedMoment(
  address: URLSearchParams,
  startOf: (id: number) => number | undefined,
): AskedMoment {
  const given = address.get("span");
  const t = address.get("t");
  const start = given?.trim() ? startOf(Number(given)) : undefined;
  const span = start !== undefined ? Number(given) : given !== null ? "unknown" : null;
  const seconds = t?.trim() && Number(t) >= 0 ? Number(t) : (start ?? 0);
  return { span, seconds };
}
