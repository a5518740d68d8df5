import { durationOf } from "../src/load/cluster/duration.ts";
import { UserError } from "./user-error.ts";

/** Milliseconds. */
export function waitOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const milliseconds = durationOf(value);
  if (milliseconds === undefined)
    throw new UserError(`--wait ${value} is no time`, "Write it as 90s or 5m.");
  return milliseconds;
}
