import { list, record, text, type Json } from "../json.ts";
import type { KubeObject } from "../object.ts";

/** An https address that a Broker, Channel or sink advertises in its status (knative/pkg apis/duck/v1 Addressable). */
export interface TlsAddress {
  readonly host: string;
  /** The CAs that senders shall trust for it, as PEM. */
  readonly caCerts: string | undefined;
  /** Pointer steps of the address. */
  readonly steps: readonly (string | number)[];
}

/** Each host once; `status.addresses` holds what `status.address` does, where there are several. */
export function tlsAddresses(object: KubeObject): readonly TlsAddress[] {
  const several = list(object.raw, "status", "addresses").map((address, i) =>
    addressOf(address, ["status", "addresses", i]),
  );
  const single = addressOf(record(object.raw, "status", "address"), ["status", "address"]);
  const found = [...several, single].flatMap((address) => address ?? []);
  return [
    ...new Map(found.toReversed().map((address) => [address.host, address])).values(),
  ].toReversed();
}

function addressOf(address: Json, steps: TlsAddress["steps"]): TlsAddress | undefined {
  const host = /^https:\/\/([^/:?#]+)/i.exec(text(address, "url") ?? "")?.[1];
  return host === undefined ? undefined : { host, caCerts: text(address, "CACerts"), steps };
}
