/** Commands that a page shows by indentation, without their comments; sessions are in sessions.ts. */
export function shownCommands(page: string): readonly string[] {
  return [...page.matchAll(/^ {4}([a-z].*)$/gm)].map(([, line = ""]) =>
    line.replace(/\s+#.*/, "").trim(),
  );
}
