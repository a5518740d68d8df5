import type { Link } from "./chain.ts";

const quarterOfAnHour = 15 * 60_000;

/** True while a link has waited for no longer than an issuance may take: an HTTP-01 or DNS-01 challenge needs minutes. */
export function isYoung({ since }: Pick<Link, "since">, now: Date): boolean {
  return since !== undefined && now.getTime() - since.getTime() < quarterOfAnHour;
}
