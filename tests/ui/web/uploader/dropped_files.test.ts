import { expect, test } from "vitest";
import { isRecording } from "../../../../lib/ui/web/uploader/dropped_files";

const SUFFIXES = ["mp4", "mkv"];

test.each([
  ["talk.mp4", "video/mp4", true],
  ["TALK.MKV", "", true], // a browser does not know its kind
  ["voice", "audio/wav", true],
  ["notes.txt", "text/plain", false],
  ["mp4", "", false],
  [".talk.mp4", "video/mp4", false], // hidden
])("%s of the kind %j in a folder is a recording: %s", (name, type, expected) => {
  expect(isRecording({ name, type }, SUFFIXES)).toBe(expected);
});
