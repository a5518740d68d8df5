import type { Chain } from "./verdict.ts";

/** Whether a chain may be used for one of these: every certificate with extKeyUsage must allow it (x509.checkChainForKeyUsage). */
export function allowsUsage(chain: Chain, usages: readonly string[]): boolean {
  if (usages.includes("any")) return true;
  const restricting = chain.filter(
    ({ extKeyUsage }) => extKeyUsage && extKeyUsage.length > 0 && !extKeyUsage.includes("any"),
  );
  return usages.some((usage) =>
    restricting.every(({ extKeyUsage }) => extKeyUsage?.includes(usage)),
  );
}
