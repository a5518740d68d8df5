import { issuerOf } from "../../model/certmanager/certificate.ts";
import { defineFact } from "../../model/fact.ts";
import { known, type Known } from "../../model/known.ts";
import type { KubeObject } from "../../model/object.ts";
import type { Certificate } from "../../pki/certificate/certificate.ts";
import { presented } from "../certificates.ts";
import { present } from "../fact.ts";
import { objectsIn, secretOf, type World } from "../world.ts";
import { behind, estateOf, has, type Estate } from "./estate.ts";
import { sourceOf, type TrustSource } from "./sources.ts";
import { oldCas, settledSince, statusIn, type RotationStatus } from "./status.ts";

/** A certificate that the present CA did not sign. */
export interface LateLeaf {
  readonly certificate: KubeObject;
  readonly secret: KubeObject;
  readonly signer: Certificate | undefined;
  /** The issuer that made it, as the Secret says. */
  readonly issuer: string | undefined;
  /** Another Secret that holds the CA which signed it. */
  readonly caSecret: KubeObject | undefined;
}

/** Where a rotation of the CA of Knative's own components stands. */
export interface Rotation {
  readonly status: RotationStatus;
  readonly estate: Estate;
  readonly source: TrustSource;
  readonly late: readonly LateLeaf[];
  readonly olds: readonly Certificate[];
  /** Since when the youngest certificate is there, in milliseconds. */
  readonly settledSince: number;
  readonly isBundled: (ca: Certificate) => boolean;
}

/** Undefined where Knative's own certificates come from no CA issuer. */
export const rotation = defineFact<(now: Date) => Known<Rotation | undefined>>({
  name: "rotation",
  reads: [],
  from: [present],
  derive: (_source, ask) => {
    const world = ask(present)();
    const estate = estateOf(world);
    return (now) => {
      if (!estate.known) return estate;
      return known(estate.value && rotationIn(world, estate.value, now.getTime()));
    };
  },
});

function rotationIn(world: World, estate: Estate, now: number): Rotation {
  return {
    status: statusIn(world, estate, now),
    estate,
    source: sourceOf(world, estate.live),
    late: lateIn(world, estate),
    olds: oldCas(estate),
    settledSince: settledSince(estate.leaves),
    isBundled: (ca) => has(estate.bundled, ca),
  };
}

/** Without what was turned to another issuer after the present CA had signed others, which no rotation does. */
function lateIn(world: World, estate: Estate): readonly LateLeaf[] {
  const { issuer: live, ca } = estate.live;
  const firstSigned = Math.min(
    ...estate.leaves
      .filter(({ signer }) => signer?.fingerprint === ca.fingerprint)
      .map(({ leaf }) => leaf.notBefore.getTime()),
  );
  return behind(estate).flatMap(({ certificate, leaf, signer }) => {
    const secret = secretOf(world, certificate);
    const isTurned =
      issuerOf(certificate).name !== live.name && leaf.notBefore.getTime() > firstSigned;
    if (!secret || isTurned) return [];
    const caSecret = objectsIn(world, "Secret").find(
      (one) => signer && presented(one, "tls.crt")[0]?.fingerprint === signer.fingerprint,
    );
    const issuer = secret.annotations.get("cert-manager.io/issuer-name");
    return [{ certificate, secret, signer, issuer, caSecret }];
  });
}
