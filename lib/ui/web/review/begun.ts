// The stretches that were begun and have no end yet, by session: kept while the browser tab is open, so that
// neither another session nor a page that is loaded anew drops them in silence. Each says by whom and by which
// codebook it was begun: it is ended as that, whatever is chosen by then.
const NAME = "signal-review-begun";

export interface BegunStretch {
  readonly code: string;
  readonly start: number; // where [s]
  readonly codebook: string;
  readonly version: number;
  readonly coder: string;
}

type Which = Pick<BegunStretch, "code" | "codebook" | "coder">;

// A coder begins one of a code at a time, whatever the version of its codebook.
export const findBegun = (begun: readonly BegunStretch[], { code, codebook, coder }: Which) =>
  begun.find((one) => one.code === code && one.codebook === codebook && one.coder === coder);

export function begunIn(
  session: string | undefined,
  store: Storage = sessionStorage,
): readonly BegunStretch[] {
  const known = read(store)[session ?? ""];
  return Array.isArray(known) ? known.filter(isBegun) : []; // before, it told neither coder nor codebook
}

export function keepBegun(
  session: string | undefined,
  begun: readonly BegunStretch[],
  store: Storage = sessionStorage,
): void {
  store.setItem(NAME, JSON.stringify({ ...read(store), [session ?? ""]: begun }));
}

function isBegun(value: unknown): value is BegunStretch {
  if (typeof value !== "object" || value === null) return false;
  const { code, start, codebook, version, coder } = value as Partial<BegunStretch>;
  const texts = [code, codebook, coder].every((text) => typeof text === "string" && text !== "");
  return texts && Number.isFinite(start) && Number.isInteger(version);
}

function read(store: Storage): Record<string, unknown> {
  try {
    const known = JSON.parse(store.getItem(NAME) ?? "{}");
    return typeof known === "object" && known !== null ? known : {};
  } catch {
    return {};
  }
}
