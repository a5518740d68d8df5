import { isCa } from "../../model/certmanager/certificate.ts";
import { nameOf, type KubeObject } from "../../model/object.ts";
import { isSignedBy } from "../../pki/verify/signature.ts";
import { labelOf, type Handshake } from "../../trust/handshake.ts";
import { signerOf } from "../cert-manager/signer.ts";
import { whyIssued } from "../cert-manager/triggers.ts";
import { presented } from "../certificates.ts";
import { pendingReloads, type State } from "../state.ts";
import { objectsIn, secretOf, type World } from "../world.ts";
import type { Wait } from "./steps.ts";

export interface Look {
  readonly now: number;
  /** The handshakes that are looked at, in a state. */
  readonly rows: (state: State, now: number) => readonly Handshake[];
}

/** What a condition still waits for; undefined where it holds. */
export function waitsFor(wait: Wait, state: State, look: Look): string | undefined {
  switch (wait.type) {
    case "healthy":
      return unhealthy(state, look);
    case "issued":
      return unissued(state);
    case "grace": {
      const late = pendingReloads(state).find(({ within }) => within <= wait.time);
      return late && `${late.holder} has not loaded what there is`;
    }
  }
}

function unhealthy(state: State, { now, rows }: Look): string | undefined {
  const failing = rows(state, now).find(({ verdict }) => verdict === "fails");
  if (failing) return `${labelOf(failing)} fails: ${failing.reason?.text ?? ""}`;
  const expired = objectsIn(state.world, "Certificate").find((certificate) => {
    const secret = secretOf(state.world, certificate);
    return secret && presented(secret, "tls.crt").some(({ notAfter }) => notAfter.getTime() < now);
  });
  return expired && `the certificate of ${nameOf(expired)} has expired`;
}

function unissued(state: State): string | undefined {
  const waiting = objectsIn(state.world, "Certificate").find(
    (certificate) => whyIssued(secretOf(state.world, certificate), certificate) !== undefined,
  );
  if (waiting) return `${nameOf(waiting)} is not re-issued yet`;
  const old = objectsIn(state.world, "Certificate").find(
    (certificate) => !isCa(certificate) && isOfOldCa(state.world, certificate),
  );
  return old && `${nameOf(old)} is not signed by the CA that its issuer has now`;
}

/** True for a leaf that another CA signed than the one that its issuer signs with now. */
function isOfOldCa(world: World, certificate: KubeObject): boolean {
  const signer = signerOf(world, certificate);
  const secret = secretOf(world, certificate);
  const [leaf] = secret ? presented(secret, "tls.crt") : [];
  const [ca] = signer.type === "ca" ? signer.chain : [];
  return leaf !== undefined && ca !== undefined && !isSignedBy(leaf, ca);
}
