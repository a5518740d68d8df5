import type { Target } from "./target.ts";

const unknownAuthority = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
]);

/** Says as kubectl does why a connection failed; codes are those of Node and OpenSSL. */
export function connectionProblem(error: Error, { server }: Pick<Target, "server">): string {
  const code = codeOf(error);
  if (code === "ECONNREFUSED")
    return `The connection to the server ${hostOf(server)} was refused - did you specify the right host or port?`;
  return `Unable to connect to the server: ${reason(error, code, server)}`;
}

function reason(error: Error, code: string, server: URL): string {
  if (unknownAuthority.has(code))
    return "tls: failed to verify certificate: x509: certificate signed by unknown authority";
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `dial tcp: lookup ${server.hostname}: no such host`;
    case "ETIMEDOUT":
      return `dial tcp ${hostOf(server)}: i/o timeout`;
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return `dial tcp ${hostOf(server)}: connect: no route to host`;
    case "CERT_HAS_EXPIRED":
    case "CERT_NOT_YET_VALID":
      return "tls: failed to verify certificate: x509: certificate has expired or is not yet valid";
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return `tls: failed to verify certificate: x509: ${error.message}`;
    case "ECONNRESET":
      return "connection reset by peer";
    default:
      return error.message;
  }
}

export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : "";
}

function hostOf(server: URL): string {
  return server.port === ""
    ? `${server.hostname}:${server.protocol === "https:" ? "443" : "80"}`
    : server.host;
}
