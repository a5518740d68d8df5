import { readFileSync } from "node:fs";
import { globSync } from "tinyglobby";
import { parseAllDocuments } from "yaml";

/** What most linters do: every file through the `yaml` package, and nothing else. */
let documents = 0;
for (const path of globSync("**/*.yaml").toSorted()) {
  for (const document of parseAllDocuments(readFileSync(path, "utf8"))) {
    document.toJS();
    documents++;
  }
}
if (documents === 0) throw new Error("there was nothing to read");
