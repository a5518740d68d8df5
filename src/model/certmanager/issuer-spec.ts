import { dig, isObject, list, record, text, type Json, type JsonObject } from "../json.ts";
import { nearest } from "../near.ts";
import { typeProblem, type SpecProblem } from "../spec-problem.ts";
import { issuerTypes } from "./issuer.ts";

/** What cert-manager's webhook or CRD refuses in the spec of an Issuer (internal/apis/certmanager/validation/issuer.go). */
export function issuerSpecProblems(raw: JsonObject): readonly SpecProblem[] {
  const spec = raw["spec"];
  if (!isObject(spec)) return [{ steps: ["spec"], message: "the spec is missing" }];
  return [...types(spec), ...ca(spec), ...acme(spec), ...vault(spec), ...venafi(spec)].map(
    (problem) => ({
      ...problem,
      steps: ["spec", ...problem.steps],
    }),
  );
}

type Problems = Iterable<SpecProblem>;

function* types(spec: JsonObject): Problems {
  const set = issuerTypes.filter((type) => isObject(spec[type]));
  let misspelt = false;
  for (const [key, value] of Object.entries(spec)) {
    const type = issuerTypes.find((name) => name === key);
    if (!type) {
      const near = nearest(key, issuerTypes);
      misspelt ||= near !== undefined;
      yield {
        steps: [key],
        message: `unknown field "${key}"${near === undefined ? "" : `; did you mean ${near}?`}`,
        atKey: true,
      };
    } else if (!isObject(value))
      yield { steps: [key], message: `${key} ${typeProblem(value, "object") ?? ""}` };
  }
  if (set.length === 0 && !misspelt)
    yield {
      steps: [],
      message: "at least one issuer must be configured: acme, ca, selfSigned, vault or venafi",
    };
  for (const extra of set.slice(1))
    yield { steps: [extra], message: "may not specify more than one issuer type", atKey: true };
}

function* required(
  value: JsonObject,
  steps: readonly (string | number)[],
  ...path: readonly string[]
): Problems {
  if (!text(value, ...path))
    yield {
      steps: [...steps, ...path],
      message: `${[...steps, ...path].join(".")} must be specified`,
    };
}

function* ca(spec: JsonObject): Problems {
  if (isObject(spec["ca"])) yield* required(spec["ca"], ["ca"], "secretName");
}

function* acme(spec: JsonObject): Problems {
  const config = spec["acme"];
  if (!isObject(config)) return;
  yield* required(config, ["acme"], "server");
  yield* required(config, ["acme"], "privateKeySecretRef", "name");
  if (text(config, "caBundle") && config["skipTLSVerify"] === true) {
    yield {
      steps: ["acme", "skipTLSVerify"],
      message: "caBundle and skipTLSVerify are mutually exclusive",
    };
  }
  yield* serverAndEmail(config);
  for (const [i, solver] of list(config, "solvers").entries()) {
    const found = ["http01", "dns01"].filter((type) => isObject(dig(solver, type)));
    if (found.length === 0)
      yield {
        steps: ["acme", "solvers", i],
        message: "no solver type configured: set http01 or dns01",
      };
    if (found.length > 1)
      yield {
        steps: ["acme", "solvers", i],
        message: "may not specify more than one solver type in a single solver",
      };
    yield* http01(solver, ["acme", "solvers", i]);
    yield* dns01(solver, ["acme", "solvers", i]);
  }
}

/** The webhook lets these pass; the issuer is never Ready with them (pkg/issuer/acme/setup.go). */
function* serverAndEmail(config: JsonObject): Problems {
  const server = text(config, "server") ?? "";
  const email = text(config, "email") ?? "";
  if (server !== "" && !/^https?:\/\/[^/]/.test(server))
    yield { steps: ["acme", "server"], message: `acme.server "${server}" is no URL` };
  if (email !== "" && !/^[^@\s]+@[^@\s]+$/.test(email))
    yield { steps: ["acme", "email"], message: `acme.email "${email}" is no address` };
}

function* http01(solver: Json, steps: readonly (string | number)[]): Problems {
  const config = dig(solver, "http01");
  if (!isObject(config)) return;
  const found = ["ingress", "gatewayHTTPRoute"].filter((type) => config[type] !== undefined);
  if (found.length !== 1)
    yield {
      steps: [...steps, "http01"],
      message: "http01 must have exactly one of ingress and gatewayHTTPRoute",
    };
  for (const type of found) {
    const message = typeProblem(config[type] ?? null, "object");
    if (message) yield { steps: [...steps, "http01", type], message: `${type} ${message}` };
  }
  const ways = ["class", "ingressClassName", "name"].filter(
    (key) => text(config, "ingress", key) !== undefined,
  );
  if (ways.length > 1)
    yield {
      steps: [...steps, "http01", "ingress"],
      message: "only one of ingressClassName, name or class should be specified",
    };
}

const dnsProviders = [
  "acmeDNS",
  "akamai",
  "azureDNS",
  "cloudDNS",
  "cloudflare",
  "digitalocean",
  "rfc2136",
  "route53",
  "webhook",
];

function* dns01(solver: Json, steps: readonly (string | number)[]): Problems {
  const config = dig(solver, "dns01");
  if (!isObject(config)) return;
  const found = dnsProviders.filter((provider) => isObject(config[provider]));
  if (found.length === 0)
    yield { steps: [...steps, "dns01"], message: "no DNS01 provider configured" };
  if (found.length > 1)
    yield {
      steps: [...steps, "dns01"],
      message: "may not specify more than one provider type",
    };
  const cloudDNS = config["cloudDNS"];
  if (isObject(cloudDNS)) yield* required(cloudDNS, [...steps, "dns01", "cloudDNS"], "project");
}

function* vault(spec: JsonObject): Problems {
  const config = spec["vault"];
  if (!isObject(config)) return;
  yield* required(config, ["vault"], "server");
  yield* required(config, ["vault"], "path");
  const auth = record(config, "auth");
  const methods = ["tokenSecretRef", "appRole", "clientCertificate", "kubernetes", "aws"].filter(
    (method) => isObject(auth[method]),
  );
  if (methods.length !== 1)
    yield {
      steps: ["vault", "auth"],
      message:
        "vault.auth must have exactly one of tokenSecretRef, appRole, clientCertificate, kubernetes or aws",
    };
  if (text(config, "caBundle") && isObject(config["caBundleSecretRef"])) {
    yield {
      steps: ["vault", "caBundleSecretRef"],
      message: "caBundle and caBundleSecretRef cannot be used together",
    };
  }
  const pair = [isObject(config["clientCertSecretRef"]), isObject(config["clientKeySecretRef"])];
  if (pair[0] !== pair[1])
    yield {
      steps: ["vault"],
      message: "clientCertSecretRef and clientKeySecretRef must be set together",
    };
}

function* venafi(spec: JsonObject): Problems {
  const config = spec["venafi"];
  if (!isObject(config)) return;
  yield* required(config, ["venafi"], "zone");
  const services = ["tpp", "cloud", "ngts"].filter((service) => isObject(config[service]));
  if (services.length !== 1)
    yield { steps: ["venafi"], message: "please supply one of: tpp, cloud, ngts" };
  if (isObject(config["tpp"])) yield* required(config["tpp"], ["venafi", "tpp"], "url");
}
