import { examples } from "./wording.ts";
import { nameOf, type KubeObject, type SubjectRef } from "../model/object.ts";
import type { Known } from "../model/known.ts";
import type { Certificate } from "../pki/certificate/certificate.ts";
import type { LateLeaf, Rotation } from "../time/rotation/fact.ts";
import { timeText } from "../time/time-text.ts";
import type { View } from "./rule.ts";

interface RotationSubject extends SubjectRef {
  readonly found: Known<Rotation | undefined>;
}

/** The issuer of Knative's own certificates; where its CA is not known, Serving's namespace stands for it. */
export function* rotationSubjects(view: View<"rotation">): Iterable<RotationSubject> {
  const found = view.fact("rotation")(view.now);
  if (!found.known)
    yield { kind: "Namespace", namespace: "", name: view.environment.namespaces.serving, found };
  else if (found.value) {
    const { kind, namespace, name } = found.value.estate.live.issuer;
    yield { kind, namespace, name, found };
  }
}

/** "CN=knative-ca (since 2026-11-20T00:00:00Z)": a CA that was re-keyed has the name of the one before. */
export function caTitle({ subject, notBefore }: Certificate): string {
  return `${subject.text} (since ${timeText(notBefore.getTime())})`;
}

/** The Certificates that make the CA of an issuer, for faults of that CA. */
export function makersOf(issuer: KubeObject, view: View<"authorities">): readonly string[] {
  return view
    .fact("authorities")
    .filter((authority) => nameOf(authority.issuer) === nameOf(issuer))
    .flatMap(({ certificates }) => certificates.map(nameOf));
}

export function secretsOf(late: readonly LateLeaf[]): string {
  return examples(late.map(({ secret }) => nameOf(secret)));
}

export { timeText };
