import { parseDuration } from "../../go/duration.ts";
import { text, type JsonObject } from "../../json.ts";
import type { SpecProblem } from "../../spec-problem.ts";

type Problems = Iterable<SpecProblem>;

const hour = 3_600_000;
const shortestDuration = hour;
const shortestRenewBefore = 5 * 60_000;
const defaultDuration = 90 * 24 * hour;

export function* times(spec: JsonObject): Problems {
  for (const key of ["duration", "renewBefore"]) {
    const written = text(spec, key);
    if (written !== undefined && parseDuration(written) === undefined) {
      yield {
        steps: [key],
        message: `${key} "${written}" is no Go duration: days and years have no unit, write hours`,
      };
    }
  }
  const duration = text(spec, "duration");
  const length = duration === undefined ? defaultDuration : parseDuration(duration);
  if (length === undefined) return;
  if (length < shortestDuration)
    yield { steps: ["duration"], message: "duration must be at least 1h" };
  yield* renewBefore(spec, length);
  yield* percentage(spec, length);
}

function* renewBefore(spec: JsonObject, length: number): Problems {
  const early = parseDuration(text(spec, "renewBefore") ?? "");
  if (early === undefined) return;
  if (early < shortestRenewBefore)
    yield { steps: ["renewBefore"], message: "renewBefore must be at least 5m" };
  if (early >= length)
    yield {
      steps: ["renewBefore"],
      message: "renewBefore must be less than duration (2160h where it is not set)",
    };
}

/** The webhook checks duration x (100 - percentage) / 100, and only beside duration or renewBefore. */
function* percentage(spec: JsonObject, length: number): Problems {
  const percent = spec["renewBeforePercentage"];
  if (typeof percent !== "number") return;
  const steps = ["renewBeforePercentage"];
  if (text(spec, "renewBefore") !== undefined)
    yield { steps, message: "renewBefore and renewBeforePercentage cannot both be set" };
  const early = (length * (100 - percent)) / 100;
  if (early < shortestRenewBefore || early >= length)
    yield {
      steps,
      message:
        "renewBeforePercentage must give a renewBefore of at least 5m and less than duration",
    };
}
