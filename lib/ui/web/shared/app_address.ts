// Where the app lies, wherever a proxy puts it. The documents of the pages say it (page_documents.py).
declare global {
  interface Window {
    __streamlit?: { BACKEND_BASE_URL?: string };
  }
}

export function addressInApp(path: string): URL {
  return new URL(path, window.__streamlit?.BACKEND_BASE_URL ?? new URL(".", location.href));
}
