import { expect, it } from "vitest";
import { ran } from "../support/command-line.ts";
import { terminalPicture } from "../support/terminal-picture.ts";

it("shows in the README what the program prints", async () => {
  const argv = ["lint", "examples/shop", "--select", "KC111,KC201,KC207"];
  const { out } = await ran([...argv, "--color", "always"], { columns: 100 });
  const picture = terminalPicture(`kubectl knative-certs ${argv.join(" ")}`, out);
  await expect(picture).toMatchFileSnapshot("../../docs/lint.svg");
});
