export default {
  test: {
    dir: "tests/ui/web",
    setupFiles: "tests/ui/web/page.ts",
    pool: "threads",
    isolate: false,
    reporters: "dot",
  },
};
