import { versions } from "../../model/versions.ts";
import type { Handshake } from "../../trust/handshake.ts";
import { signerOf } from "../cert-manager/signer.ts";
import { rotatesKey } from "../cert-manager/policy.ts";
import { isCa } from "../../model/certmanager/certificate.ts";
import { nameOf } from "../../model/object.ts";
import { asking, inventoryOf, objectsIn, type World } from "../world.ts";
import { timeText } from "../time-text.ts";
import type { Course } from "./course.ts";

/** What the forecast rests on without being able to know it, and what it does not cover. */
export function assumptionsOf(
  world: World,
  course: Course,
  rows: readonly Handshake[],
): readonly string[] {
  const { certManager } = asking(inventoryOf(world))(versions);
  const certificates = objectsIn(world, "Certificate");
  const unsure = certificates.filter((one) => isCa(one) && !rotatesKey(one, certManager).known);
  const outside = new Set(
    certificates.flatMap((one) => {
      const signer = signerOf(world, one);
      return signer.type === "outside" ? [signer.what] : [];
    }),
  );
  const failing = certificates.flatMap((one) => {
    const signer = signerOf(world, one);
    return signer.type === "none" ? [`${nameOf(one)} cannot be renewed: ${signer.why}`] : [];
  });
  const undecided = rows.filter(({ verdict }) => verdict === "unknown").length;
  return [
    ...(unsure.length > 0
      ? [
          `the version of cert-manager is not known; 1.18 or later is assumed, which gives ${unsure.map(nameOf).join(", ")} a new key at renewal (--cert-manager-version)`,
        ]
      : []),
    ...[...outside].map((what) => `${what} keeps signing with the CA that it signs with now`),
    ...failing.slice(0, 5),
    ...(undecided > 0
      ? [`${String(undecided)} handshakes are not decided by these objects, and not followed`]
      : []),
    ...(course.complete
      ? []
      : [`there are too many states to look further than ${timeText(course.end)}`]),
  ];
}
