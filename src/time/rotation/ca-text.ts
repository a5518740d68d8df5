import type { CaState } from "./status.ts";

/** A CA in one line: until when it lasts, what it has signed, and who trusts it. */
export function caText(ca: CaState): string {
  const { role, subject, sha256, notAfter, leaves, inBundle, inCaCrt } = ca;
  const trusted = [inBundle ? "a bundle" : "", inCaCrt ? "ca.crt" : ""].filter(Boolean);
  const trust = trusted.length > 0 ? `trusted by ${trusted.join(" and ")}` : "not trusted";
  return `${role} CA ${subject} (${sha256.slice(0, 12)}), until ${notAfter}: ${String(leaves)} certificates, ${trust}`;
}
