import { readFileSync } from "node:fs";
import { isCa } from "../../src/model/certmanager/certificate.ts";
import { nameOf, type KubeObject } from "../../src/model/object.ts";
import { presented } from "../../src/time/certificates.ts";
import { trustBundleLabel } from "../../src/time/holders.ts";
import { objectsIn, secretOf, worldOf, type World } from "../../src/time/world.ts";
import { inventoryOf } from "../support/world.ts";
import type { Cluster } from "./cluster.ts";
import { dump } from "./dump.ts";

/** Which of the CA's keys, counted from 1, each Secret and each target of a Bundle holds. */
type Contents = Readonly<Record<string, readonly number[]>>;

/** The cluster as it is now, as a simulation begins with it. */
export async function worldNow(cluster: Cluster): Promise<World> {
  const text = readFileSync(await dump(cluster), "utf8");
  return worldOf(inventoryOf({ "dump.json": text }, { complete: true }));
}

/** Of worlds that follow one another. Keys are counted as they come up, so that foretold ones equal real ones. */
export function contentsOf(worlds: readonly World[]): readonly Contents[] {
  const keys: string[] = [];
  const held = (object: KubeObject, key: string) => {
    const numbers = presented(object, key).map(({ keyId }) => keys.indexOf(keyId) + 1);
    return [`${nameOf(object)} ${key}`, numbers] as const;
  };
  return worlds.map((world) => {
    const certificates = objectsIn(world, "Certificate");
    const authorities = secretsOf(world, certificates.filter(isCa));
    for (const { keyId } of authorities.flatMap((one) => presented(one, "tls.crt")))
      if (!keys.includes(keyId)) keys.push(keyId);
    const targets = objectsIn(world, "ConfigMap").filter((one) => one.labels.has(trustBundleLabel));
    return Object.fromEntries([
      ...authorities.map((one) => held(one, "tls.crt")),
      ...secretsOf(world, certificates).map((one) => held(one, "ca.crt")),
      ...targets.map((one) => held(one, "ca-bundle.crt")),
    ]);
  });
}

function secretsOf(world: World, certificates: readonly KubeObject[]): readonly KubeObject[] {
  return certificates.flatMap((certificate) => secretOf(world, certificate) ?? []);
}
