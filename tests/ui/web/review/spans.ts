// Spans for tests: each as it stands, what is not named has a value that says nothing.
import type { Span } from "../../../../lib/ui/web/review/spans";

export function span(id: number, more: Partial<Span> = {}): Span {
  const start = more.start ?? id;
  const end = more.end ?? start + 1;
  return {
    id,
    type: "interest",
    group: "supportive",
    start,
    end,
    length: end - start,
    probability: "high",
    rationale: null,
    modality: null,
    flag: null,
    draw_start: start,
    draw_end: end,
    characters: 0,
    cues: [],
    spoken_by: "",
    ...more,
  };
}
