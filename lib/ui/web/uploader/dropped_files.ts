// The files of a drop, those of folders too.
const MOST = 2000; // files of a drop that are looked at

// What a folder holds besides recordings stays there; a file that was chosen by itself is always looked into.
export function isRecording(
  file: { readonly name: string; readonly type: string },
  suffixes: readonly string[],
): boolean {
  if (file.name.startsWith(".")) return false;
  const name = file.name.toLowerCase();
  return /^(video|audio)\//.test(file.type) || suffixes.some((one) => name.endsWith(`.${one}`));
}

export interface Drop {
  files: File[];
  withFolder: boolean;
}

export async function readDrop(transfer: DataTransfer): Promise<Drop> {
  const entries = [...transfer.items]
    .map((one) => one.webkitGetAsEntry?.())
    .filter((one) => one != null);
  const loose = [...transfer.files];
  const files: File[] = [];
  for (const entry of entries) await gatherFiles(entry, files);
  return {
    files: entries.length ? files : loose,
    withFolder: entries.some((one) => one.isDirectory),
  };
}

async function gatherFiles(entry: FileSystemEntry, files: File[]): Promise<void> {
  if (files.length >= MOST) return;
  if (entry.isFile) {
    const file = await readFile(entry as FileSystemFileEntry);
    if (file) files.push(file);
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const part = await readEntries(reader);
    if (!part.length) return;
    for (const one of part) await gatherFiles(one, files);
  }
}

const readFile = (entry: FileSystemFileEntry) =>
  new Promise<File | null>((done) => {
    entry.file(done, () => done(null));
  });

const readEntries = (reader: FileSystemDirectoryReader) =>
  new Promise<FileSystemEntry[]>((done) => {
    reader.readEntries(done, () => done([]));
  });
