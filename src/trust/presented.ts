import type { Ask, Source } from "../model/fact.ts";
import type { Demand } from "../model/knative/demand.ts";
import { observed, type ObjectRef, type SubjectRef } from "../model/object.ts";
import { perObject } from "../model/per-object.ts";
import type { Place } from "../model/place.ts";
import type { Certificate } from "../pki/certificate/certificate.ts";
import { readPem } from "../pki/pem/read.ts";
import { envoyServerProblem } from "../pki/verify/tls-key.ts";
import { parsedBlock } from "./readers/reading.ts";
import type { Endpoint } from "./endpoints.ts";
import type { Reason } from "./handshake.ts";
import { neverIssued } from "./never-issued.ts";
import { hasKey, secretState, valueOf, type SecretValue } from "./secret.ts";

/** What an endpoint shows to whoever dials it. */
export type Presented = Shown | { readonly state: "fails" | "unknown"; readonly reason: Reason };

export interface Shown {
  readonly state: "presented";
  readonly leaf: Certificate;
  /** What it sends behind its leaf. */
  readonly others: readonly Certificate[];
  readonly place: Place;
}

/**
 * The value of `tls.crt` that the endpoint serves. queue-proxy does not start without tls.crt and tls.key
 * (serving pkg/queue/certificate/watcher.go), and the gateways refuse such a Secret.
 */
export function presentedBy(source: Source, ask: Ask, endpoint: Endpoint): Presented {
  const { secret, demand, owner, isAsked } = endpoint;
  if (!secret)
    return pending(
      source,
      ask,
      demand,
      "its Secret is named by the UID of the Route, which is not there yet",
    );
  const name = `Secret ${secret.namespace}/${secret.name}`;
  const isNew = owner !== undefined && !observed(owner);
  const willBeMade = isAsked && (!source.hasObserved || isNew);
  const found = secretState(source, secret, willBeMade);
  switch (found.state) {
    case "to be made":
      return pending(source, ask, demand, `${name} is not issued yet`);
    case "missing":
      if (isNotAskedFor(source, demand)) return unknown(`nothing has asked for ${name} yet`);
      return fails(`${name} does not exist`, "no-certificate", secret);
    case "unknown":
      return unknown(`${name}: ${found.why}`);
    case "found": {
      const shown = shownBy(found.secret);
      return endpoint.role === "name" ? byGateway(shown, name, secret) : shown;
    }
  }
}

/** A Route asks for its certificates only once it has something to route to. */
function isNotAskedFor(source: Source, demand: Demand | undefined): boolean {
  if (demand?.origin !== "route" || demand.name === undefined) return false;
  return source.lookup("KCertificate", demand.namespace, demand.name).state === "missing";
}

function pending(source: Source, ask: Ask, demand: Demand | undefined, why: string): Presented {
  const never = demand && neverIssued(source, ask, demand);
  return never ? { state: "fails", reason: never } : unknown(why);
}

const shownBy = perObject((secret): Presented => {
  const name = `Secret ${secret.namespace}/${secret.name}`;
  const value = valueOf(secret, "tls.crt");
  if (value === "redacted") return unknown(`tls.crt of ${name} is redacted`);
  if (!value || value.text === "") return fails(`${name} has no tls.crt`);
  if (!hasKey(secret, "tls.key")) return fails(`${name} has no tls.key`);
  return served(value, name);
});

/**
 * tls.X509KeyPair takes every CERTIFICATE block and parses the first; crypto/tls of the dialer wants every one that is
 * sent to parse (verifyServerCertificate).
 */
function served({ text, place }: SecretValue, name: string): Presented {
  const blocks = readPem(text).blocks.filter(({ type }) => type === "CERTIFICATE");
  const certificates: Certificate[] = [];
  for (const block of blocks) {
    const parsed = parsedBlock(block);
    if (!parsed.ok)
      return fails(
        `tls.crt of ${name} holds a certificate that does not parse: ${parsed.why}`,
        "malformed",
      );
    certificates.push(parsed.certificate);
  }
  const [leaf, ...others] = certificates;
  if (!leaf) return fails(`tls.crt of ${name} holds no certificate`, "malformed");
  return { state: "presented", leaf, others, place };
}

/** Gateways are Envoys, which do not serve with every certificate. */
function byGateway(shown: Presented, name: string, secret: ObjectRef): Presented {
  const why = shown.state === "presented" ? envoyServerProblem(shown.leaf) : undefined;
  if (why === undefined) return shown;
  return fails(
    `the gateway refuses tls.crt of ${name}, and with it every change of the listener: it ${why}`,
    "not-supported",
    secret,
  );
}

function fails(
  text: string,
  code: Reason["code"] = "no-certificate",
  about?: SubjectRef,
): Presented {
  return { state: "fails", reason: { code, text, ...(about && { about }) } };
}

function unknown(text: string): Presented {
  return { state: "unknown", reason: { code: "no-certificate", text } };
}
