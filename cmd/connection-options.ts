import type { Options } from "yargs";

const cluster = "Cluster (as kubectl)";

function value(describe: string): {
  type: "string";
  requiresArg: true;
  group: string;
  describe: string;
} {
  return { type: "string", requiresArg: true, group: cluster, describe };
}

/** kubectl's connection flags (k8s.io/cli-runtime pkg/genericclioptions/config_flags.go), with its words. */
export const connectionOptions = {
  kubeconfig: value("path to the kubeconfig file"),
  context: value("the kubeconfig context to look at; may be given several times"),
  "all-contexts": {
    type: "boolean",
    default: false,
    group: cluster,
    describe: "look at every context of the kubeconfig",
  },
  cluster: value("the kubeconfig cluster to use"),
  user: value("the kubeconfig user to use"),
  namespace: {
    ...value("report only findings about objects of this namespace"),
    alias: "n",
  },
  "all-namespaces": {
    alias: "A",
    type: "boolean",
    group: cluster,
    describe: "report findings about every namespace (the default)",
  },
  server: { ...value("the address and port of the Kubernetes API server"), alias: "s" },
  "tls-server-name": value("server name to use for validation of the server's certificate"),
  "insecure-skip-tls-verify": {
    type: "boolean",
    group: cluster,
    describe: "do not check the server's certificate",
  },
  "certificate-authority": value("path to a certificate file for the certificate authority"),
  "client-certificate": value("path to a client certificate file for TLS"),
  "client-key": value("path to a client key file for TLS"),
  token: value("bearer token for authentication to the API server"),
  username: value("user name for basic authentication to the API server"),
  password: value("password for basic authentication to the API server"),
  as: value("user name to impersonate for the operation"),
  "as-uid": value("UID to impersonate for the operation"),
  "as-group": value("group to impersonate; may be given several times"),
  "as-user-extra": value("extra of the user to impersonate, key=value; may be given several times"),
  "request-timeout": value("time to wait for a single request, as 30s or 2m; 0 for no limit"),
  "disable-compression": {
    type: "boolean",
    default: false,
    group: cluster,
    describe: "do not ask the server for compressed answers",
  },
  "cache-dir": { ...value("accepted, as kubectl's; nothing is cached"), hidden: true },
} as const satisfies Readonly<Record<string, Options>>;

/** Where the objects come from, for commands that look at a cluster unless told otherwise. */
export const stateOptions = {
  from: {
    type: "string",
    requiresArg: true,
    describe: "read this snapshot instead of a cluster",
  },
  "read-private-keys": {
    type: "boolean",
    default: false,
    describe: "keep private keys in memory, so that rules can compare them with their certificates",
  },
  ...connectionOptions,
} as const satisfies Readonly<Record<string, Options>>;
