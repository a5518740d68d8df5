import { setTimeout as sleep } from "node:timers/promises";
import { sessions, withOutputs, writeShownFiles, type Session } from "../support/sessions.ts";
import type { Knative } from "./knative.ts";
import type { Shell } from "./shell.ts";

/**
 * What differs from run to run: times, spans of time, digests, revisions, and where lines end because of them; and
 * how many checks there are, which grows with every rule.
 */
function timeless(text: string): string {
  return text
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
    .replaceAll(/\d{4}-\d\d-\d\d/g, "DATE")
    .replaceAll(/\(in \d+ \w+\)/g, "(in a while)")
    .replaceAll(/\([0-9a-f]{12}\)/g, "(digest)")
    .replaceAll(/\broute-[0-9a-f-]{30,}/g, "route-UID")
    .replaceAll(/(CertificateRequest\/\S+)-\d+/g, "$1-N")
    .replaceAll(/All \d+ checks/g, "All checks")
    .replaceAll(/\d+ states were/g, "all states were")
    .replaceAll(/\s+/g, " ");
}

/** How long controllers have to follow a change, in ms. */
const patience = 60_000;

/** What a command says as soon as that is what the page shows, or in the end. */
async function outputOf(
  { command, shown }: Session,
  knative: Knative,
  shell: Shell,
): Promise<string> {
  const ours = /^kubectl knative-certs\b/.test(command);
  const repeated = ours && !command.includes(" -o ");
  const deadline = Date.now() + (repeated ? patience : 0);
  for (;;) {
    await knative.reconcile();
    const { code, out, err } = shell.run(command);
    if (code > (ours ? 1 : 0))
      throw new Error(`${command} ended with ${String(code)}: ${err}${out}`);
    const said = ours ? `${err}${out}` : out;
    if (timeless(said) === timeless(shown)) return shown;
    if (Date.now() > deadline) return said;
    await sleep(500);
  }
}

/**
 * Runs the sessions of a page that are marked live, one after the other, with the files that the page shows; gives the
 * page with what they say now, where that is not the same but for times. `afterEach` hears of each command.
 */
export async function played(
  page: string,
  knative: Knative,
  shell: Shell,
  afterEach: (command: string) => Promise<void> = async () => {},
): Promise<string> {
  writeShownFiles(page, shell.directory);
  const outputs: string[] = [];
  for (const session of sessions(page, "console live")) {
    outputs.push(await outputOf(session, knative, shell));
    await afterEach(session.command);
  }
  return withOutputs(page, "console live", outputs);
}
