import { text, type JsonObject } from "../../../src/model/json.ts";
import { kindOf, kinds } from "../../../src/model/kinds.ts";

/** Operations in one transaction; etcd takes 128. */
const atOnce = 100;

/**
 * Puts objects where the API server looks for them: through it they would take half an hour, and would get new uids.
 * It reads JSON as well as what it writes itself.
 */
export async function fill(etcd: string, objects: Iterable<JsonObject>): Promise<number> {
  let count = 0;
  let batch: object[] = [];
  const put = async () => {
    const response = await fetch(`${etcd}/v3/kv/txn`, {
      method: "POST",
      body: JSON.stringify({ success: batch }),
    });
    if (!response.ok) throw new Error(`etcd: ${String(response.status)} ${await response.text()}`);
    count += batch.length;
    batch = [];
  };
  for (const object of objects) {
    batch.push({
      requestPut: { key: base64(keyOf(object)), value: base64(JSON.stringify(object)) },
    });
    if (batch.length === atOnce) await put();
  }
  await put();
  return count;
}

/** As the API server's storage names it (k8s.io/kubernetes pkg/registry, the ResourcePrefix of each store). */
function keyOf(object: JsonObject): string {
  const kind = kindOf(text(object, "apiVersion") ?? "", text(object, "kind") ?? "");
  if (!kind) throw new Error(`no kind: ${text(object, "kind") ?? ""}`);
  const { group, plural } = kinds[kind];
  const custom = group.includes(".") && !group.endsWith(".k8s.io");
  const resource = kind === "Service" ? "services/specs" : plural;
  const path = [text(object, "metadata", "namespace"), text(object, "metadata", "name")];
  return ["/registry", ...(custom ? [group] : []), resource, ...path]
    .filter((part) => part !== undefined && part !== "")
    .join("/");
}

function base64(value: string): string {
  return Buffer.from(value).toString("base64");
}
