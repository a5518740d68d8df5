/**
 * Why a cluster cannot be asked, in kubectl's words. configuration: the user's flags or kubeconfig are wrong;
 * unreachable: the server does not answer, or not us.
 */
export class ClusterError extends Error {
  readonly type: "configuration" | "unreachable";
  readonly next: string;
  constructor(type: "configuration" | "unreachable", message: string, next = "") {
    super(message);
    this.type = type;
    this.next = next;
  }
}

export function misconfigured(message: string, next = ""): ClusterError {
  return new ClusterError("configuration", message, next);
}
