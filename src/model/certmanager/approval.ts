import { isCertManagerController } from "../components.ts";
import { defineFact } from "../fact.ts";
import { isObject, record, stringList, text } from "../json.ts";
import { known, unknown, type Known } from "../known.ts";
import type { KubeObject } from "../object.ts";
import { argumentsOf, flagOf } from "./controller-flags.ts";

/** Who approves CertificateRequests: cert-manager itself, or policies of approver-policy. */
export type Approval =
  | { readonly by: "cert-manager" }
  | {
      readonly by: "policies";
      readonly policies: readonly KubeObject[];
      readonly approver: boolean;
    };

const approver = "certificaterequests-approver";

/** Cert-manager's own approver says yes to everything; it is switched off where policies are to decide. */
export const approval = defineFact<Known<Approval>>({
  name: "approval",
  reads: ["CertificateRequestPolicy", "Deployment"],
  from: [],
  derive: (source) => {
    const controller = source.all("Deployment").find(isCertManagerController);
    const policies = source.all("CertificateRequestPolicy");
    if (!controller && policies.length === 0)
      return unknown(
        "whether cert-manager approves by itself is not known: its Deployment was not seen",
      );
    if (controller && approvesItself(controller)) return known({ by: "cert-manager" });
    if (!controller)
      return unknown(
        "there are policies, but whether cert-manager approves by itself is not known: its Deployment was not seen",
      );
    const deployed = source
      .all("Deployment")
      .some(({ labels, name }) =>
        /approver-policy/.test(labels.get("app.kubernetes.io/name") ?? name),
      );
    const knowledge = source.knowledge("CertificateRequestPolicy");
    if (policies.length === 0 && knowledge.state !== "complete") return unknown(knowledge.why);
    return known({ by: "policies", policies, approver: deployed });
  },
});

/** `--controllers=*,-certificaterequests-approver` (charts: disableAutoApproval) switches it off; so does a list without it. */
function approvesItself(controller: KubeObject): boolean {
  const flag = flagOf(controller, "--controllers");
  if (flag === undefined)
    return !argumentsOf(controller).some((arg) => arg.includes(`-${approver}`));
  const names = new Set(flag.split(",").map((one) => one.trim()));
  return !names.has(`-${approver}`) && (names.has("*") || names.has(approver));
}

/** What Knative's requests look like to a policy. */
export interface Asked {
  readonly issuer: { readonly kind: string; readonly name: string; readonly group: string };
  readonly namespace: string;
  readonly commonName: string;
  readonly dnsNames: readonly string[];
}

/** True where a policy is made for requests to this issuer from this namespace (approver-policy pkg/internal/approver/manager/predicate). */
export function selects(policy: KubeObject, { issuer, namespace }: Asked): boolean {
  const selector = record(policy.raw, "spec", "selector");
  const wanted = selector["issuerRef"];
  if (isObject(wanted)) {
    const fits = (field: "name" | "kind" | "group", value: string) =>
      globs(text(wanted, field) ?? "*", value);
    if (
      !fits("name", issuer.name) ||
      !fits("kind", issuer.kind) ||
      !fits("group", issuer.group || "cert-manager.io")
    )
      return false;
  }
  const names = stringList(selector["namespace"], "matchNames");
  return names.length === 0 || names.some((name) => globs(name, namespace));
}

/** Why a policy that is made for a request does not admit it; undefined where it does (pkg/internal/approver/allowed). */
export function refuses(policy: KubeObject, { commonName, dnsNames }: Asked): string | undefined {
  const allowed = record(policy.raw, "spec", "allowed");
  const common = text(allowed, "commonName", "value");
  if (common === undefined || !globs(common, commonName)) return `the common name ${commonName}`;
  const values = stringList(allowed, "dnsNames", "values");
  const name = dnsNames.find((one) => !values.some((value) => globs(value, one)));
  if (name !== undefined) return `the name ${name}`;
  return undefined;
}

/** `*` stands for any characters, as in approver-policy's wildcards. */
function globs(pattern: string, value: string): boolean {
  const parts = pattern.split("*");
  const [first = "", ...rest] = parts;
  if (rest.length === 0) return pattern === value;
  if (!value.startsWith(first)) return false;
  let at = first.length;
  const last = rest.pop() ?? "";
  for (const part of rest) {
    const found = value.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return value.length - at >= last.length && value.endsWith(last);
}
