/** The connection flags of kubectl (k8s.io/cli-runtime pkg/genericclioptions/config_flags.go), as they were written. */
export interface ConnectionFlags {
  readonly kubeconfig: string | undefined;
  readonly cluster: string | undefined;
  readonly user: string | undefined;
  readonly namespace: string | undefined;
  readonly server: string | undefined;
  readonly tlsServerName: string | undefined;
  readonly insecureSkipTlsVerify: boolean | undefined;
  readonly certificateAuthority: string | undefined;
  readonly clientCertificate: string | undefined;
  readonly clientKey: string | undefined;
  readonly token: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly as: string | undefined;
  readonly asUid: string | undefined;
  readonly asGroups: readonly string[];
  /** "key=value" each. */
  readonly asUserExtra: readonly string[];
  readonly requestTimeout: string | undefined;
  readonly disableCompression: boolean;
}

export const noConnectionFlags: ConnectionFlags = {
  kubeconfig: undefined,
  cluster: undefined,
  user: undefined,
  namespace: undefined,
  server: undefined,
  tlsServerName: undefined,
  insecureSkipTlsVerify: undefined,
  certificateAuthority: undefined,
  clientCertificate: undefined,
  clientKey: undefined,
  token: undefined,
  username: undefined,
  password: undefined,
  as: undefined,
  asUid: undefined,
  asGroups: [],
  asUserExtra: [],
  requestTimeout: undefined,
  disableCompression: false,
};
