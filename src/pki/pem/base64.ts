/**
 * base64.StdEncoding of what stands between the lines of a PEM block: spaces, tabs and line breaks are passed over,
 * padding is required. The bytes, or why there are none.
 */
export function decodeBase64(text: string): Uint8Array | string {
  const data = text.replace(/[ \t\r\n]+/g, "");
  const odd = /[^A-Za-z0-9+/=]/.exec(data)?.[0];
  if (odd !== undefined) {
    return `its base64 holds ${odd === "-" || odd === "_" ? `"${odd}", which only base64url has` : "a character that base64 does not have"}`;
  }
  const padding = data.indexOf("=");
  const paddingIsLast =
    padding < 0 ||
    padding === data.length - 1 ||
    (padding === data.length - 2 && data.endsWith("=="));
  if (!paddingIsLast) return "its base64 goes on behind the padding";
  if (data.length % 4 !== 0) return "its base64 is cut off or lacks its padding";
  return new Uint8Array(Buffer.from(data, "base64"));
}
