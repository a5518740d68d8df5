import { createHash } from "node:crypto";

const longest = 63;
const head = 31;

/** kmeta.ChildName(parent, ""): names over 63 characters are cut and hashed (knative/pkg kmeta/names.go). */
export function childName(parent: string): string {
  if (parent.length <= longest) return parent;
  return parent.slice(0, head) + createHash("md5").update(parent).digest("hex");
}

/**
 * The names of a cluster-local host: itself, without the cluster domain, and without `svc` too.
 * A form whose last label is all digits or longer than 63 characters is left out.
 * Source: knative/networking pkg/ingress/ingress.go ExpandedHosts.
 */
export function expandedHosts(host: string, clusterDomain: string): readonly string[] {
  const forms = new Set<string>();
  for (const suffix of ["", `.${clusterDomain}`, `.svc.${clusterDomain}`]) {
    if (!host.endsWith(suffix)) continue;
    const form = suffix === "" ? host : host.slice(0, -suffix.length);
    if (isTopLevelDomain(form.split(".").at(-1) ?? "")) forms.add(form);
  }
  return [...forms].toSorted();
}

function isTopLevelDomain(label: string): boolean {
  return label.length <= longest && !/^\d+$/.test(label);
}

/** A test of letters only, as Knative does it: a real domain such as mycluster.local passes (route/domains/domains.go). */
export function isClusterLocal(host: string, clusterDomain: string): boolean {
  return host.endsWith(clusterDomain);
}

export function afterFirstDot(host: string): string {
  return host.slice(host.indexOf(".") + 1);
}
