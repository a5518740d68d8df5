import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "rolldown";

// Bundles what each of the named configurations asks for. Unlike rolldown's own command it prints nothing but warnings.
for (const path of process.argv.slice(2)) {
  const { default: config } = await import(pathToFileURL(resolve(path)).href);
  await build(config);
}
