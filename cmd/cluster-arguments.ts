import type { ChangeRequest, ClusterRequest, StateRequest } from "./request.ts";
import { last, many, split, type Many } from "./many.ts";

/** The options of cmd/connection-options.ts as yargs gives them. */
export interface ConnectionArguments {
  readonly kubeconfig: Many;
  readonly context: Many;
  readonly allContexts: boolean;
  readonly cluster: Many;
  readonly user: Many;
  readonly namespace: Many;
  readonly allNamespaces: boolean | undefined;
  readonly server: Many;
  readonly tlsServerName: Many;
  readonly insecureSkipTlsVerify: boolean | undefined;
  readonly certificateAuthority: Many;
  readonly clientCertificate: Many;
  readonly clientKey: Many;
  readonly token: Many;
  readonly username: Many;
  readonly password: Many;
  readonly as: Many;
  readonly asUid: Many;
  readonly asGroup: Many;
  readonly asUserExtra: Many;
  readonly requestTimeout: Many;
  readonly disableCompression: boolean;
}

export function clusterOf(args: ConnectionArguments): ClusterRequest {
  return {
    contexts: many(args.context),
    allContexts: args.allContexts,
    flags: {
      kubeconfig: last(args.kubeconfig),
      cluster: last(args.cluster),
      user: last(args.user),
      namespace: args.allNamespaces === true ? undefined : last(args.namespace),
      server: last(args.server),
      tlsServerName: last(args.tlsServerName),
      insecureSkipTlsVerify: args.insecureSkipTlsVerify,
      certificateAuthority: last(args.certificateAuthority),
      clientCertificate: last(args.clientCertificate),
      clientKey: last(args.clientKey),
      token: last(args.token),
      username: last(args.username),
      password: last(args.password),
      as: last(args.as),
      asUid: last(args.asUid),
      asGroups: many(args.asGroup),
      asUserExtra: many(args.asUserExtra),
      requestTimeout: last(args.requestTimeout),
      disableCompression: args.disableCompression,
    },
  };
}

export function stateOf(
  args: ConnectionArguments & { readonly from: Many; readonly readPrivateKeys: boolean },
): Pick<StateRequest, "from" | "cluster" | "readPrivateKeys"> {
  return {
    from: last(args.from),
    cluster: clusterOf(args),
    readPrivateKeys: args.readPrivateKeys,
  };
}

export function changeOf(args: {
  readonly filename: Many;
  readonly recursive: boolean;
  readonly kustomize: Many;
  readonly without: Many;
}): ChangeRequest & Pick<StateRequest, "kustomizations"> {
  return {
    files: split(args.filename),
    recursive: args.recursive,
    overlays: many(args.kustomize),
    // What is rendered is applied to the state, and is not the state.
    kustomizations: [],
    without: split(args.without),
  };
}
