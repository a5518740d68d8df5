import type { Draft } from "./dialogs.ts";
import type { Endpoint } from "./endpoints.ts";
import type { Presented } from "./presented.ts";

/**
 * A gateway dials the activator on the way to a Revision, and takes the name of the Revision's namespace as well as
 * `kn-routing` (net-kourier pkg/generator/ingress_translator.go createUpstreamTLSContext, net-contour pkg/reconciler/
 * contour/resources/httpproxy.go): a certificate without `kn-routing` still serves the namespaces whose names it has.
 * They get rows of their own; the row without a namespace stands for the others, if there are any.
 */
export function throughActivator(
  draft: Draft,
  presentedBy: (endpoint: Endpoint) => Presented,
  all: () => readonly Draft[],
): readonly Draft[] {
  const { dialer, target, names, settled } = draft;
  if (target.role !== "activator" || settled) return [draft];
  const presented = presentedBy(target);
  if (presented.state !== "presented") return [draft];
  const has = new Set(presented.leaf.names.dns.map((name) => name.toLowerCase()));
  if (names.anyOf.some((name) => has.has(name))) return [draft];
  const wanted = all()
    .filter((one) => one.target.role === "queue-proxy" && one.target.idle === undefined)
    .filter((one) => one.dialer.component === dialer.component)
    .map((one) => one.names.anyOf.filter((name) => !names.anyOf.includes(name)));
  const own = wanted.filter((users) => users.some((name) => has.has(name)));
  const rest = own.length < wanted.length || own.length === 0 ? [draft] : [];
  return [
    ...own.map((users) => ({ ...draft, names: { ...names, anyOf: [...users, ...names.anyOf] } })),
    ...rest,
  ];
}
