import { isIP } from "node:net";
import { assert, ipV4, ipV6, oneof, property, stringMatching } from "fast-check";
import { describe, expect, it } from "vitest";
import { ipText, parseIp, sameIp } from "../../../src/pki/go/ip.ts";
import { address } from "../../support/pki/issue.ts";

describe("IP addresses", () => {
  it.each([
    "10.0.0.7",
    "::",
    "::1",
    "1::",
    "2001:db8::1:0:0:1",
    "::ffff:10.0.0.7",
    "1:2:3:4:5:6:7:8",
  ])("reads %s", (text) => {
    expect(ipText(address(text))).toBe(text.replace("::ffff:", ""));
  });

  it.each([
    "",
    "1",
    "1.2.3",
    "01.2.3.4",
    "256.1.1.1",
    ":",
    ":::",
    "1:2",
    "1::2::3",
    "1:2:3:4:5:6:7::8",
    "12345::",
    "fe80::1%eth0",
    "::1.2.3.4:5",
  ])("does not take %s", (text) => {
    expect(parseIp(text)).toBeUndefined();
  });

  it("takes what is one for Node, but no zone", () => {
    const text = oneof(ipV4(), ipV6(), stringMatching(/^[0-9a-f:.]{0,20}$/));
    assert(
      property(text, (one) => {
        expect(parseIp(one) !== undefined).toBe(isIP(one) !== 0);
      }),
    );
  });

  it("compares IPv4 with its form in IPv6", () => {
    expect(sameIp(address("::ffff:10.0.0.7"), address("10.0.0.7"))).toBe(true);
    expect(sameIp(address("::10.0.0.7"), address("10.0.0.7"))).toBe(false);
  });
});
