const marker = "__late";

/**
 * Loads the Public Suffix List (tldts, 130 kB) at the first call of what reads it, and not with the rules: an import
 * that is no promise, as rules have no time to wait.
 */
export function lateSuffixes() {
  let made = 0;
  return {
    name: "late-suffixes",
    buildStart() {
      made = 0;
    },
    transform(code, id) {
      if (!/[\\/]rule[\\/]registered-domain\.ts$/.test(id)) return undefined;
      const parts = code.split('import { getDomain } from "tldts";');
      if (parts.length !== 2) throw new Error("registered-domain.ts imports something else");
      return parts.join(
        `let tldts;
const getDomain = (...given) => (tldts ??= ${marker}(() => import("tldts"))).getDomain(...given);`,
      );
    },
    renderChunk(code) {
      if (!code.includes(marker)) return undefined;
      made++;
      return code.replace(
        /__late\(\(\)\s*=>\s*Promise\.resolve\(\)\.then\(\(\)\s*=>\s*([^;]*?)\)\)\)\.getDomain/,
        "$1).getDomain",
      );
    },
    generateBundle(_options, bundle) {
      const left = Object.values(bundle).filter(({ code = "" }) => code.includes(marker));
      if (made !== 1 || left.length > 0) throw new Error("the suffixes are not loaded late");
    },
  };
}
