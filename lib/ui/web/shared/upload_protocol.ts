// What Python and a field for recordings tell each other: see protocol.ts.

// A field that recordings are dropped on.
export interface UploaderData {
  field: string;
  label: string;
  hint: string;
  several: boolean;
  small: boolean;
  tokens: Record<string, string>;
  settled: string[];
  suffixes: string[];
  run: string;
}
export interface UploaderTriggers {
  told: UploadReport;
}
export interface UploadReport {
  wanted: WantedFile[];
  here: string[];
  finished: FinishedFile[];
  others: number;
}
export interface WantedFile {
  key: string;
  name: string;
  size: number;
  refused: string;
}
export interface FinishedFile {
  key: string;
  name: string;
  token: string;
}
