// The modules of a page know its room by its window; where tests run there is no page.
globalThis.window ??= globalThis as Window & typeof globalThis;
