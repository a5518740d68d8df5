import type { CST, Scalar } from "yaml";
import { Fault, nothingWritten, type Chomp, type Written } from "./node.ts";
import { lineBreak } from "./line-break.ts";
import { behindQuote } from "./quotes.ts";

/** How a scalar stands in the text, from the tokens that `yaml` keeps. */
export function writtenOf(scalar: Scalar, shape: string): Written {
  const token = scalar.srcToken;
  if (token?.type === "block-scalar") return blockOf(token);
  if (!isFlowScalar(token) || token.source === "") return nothingWritten;
  const { offset, source, type } = token;
  const end = offset + source.length;
  if (type === "scalar") return { ...nothingWritten, start: offset, end };
  if (behindQuote(shape, offset) !== end) throw new Fault("found unexpected end of stream", offset);
  const style = type === "single-quoted-scalar" ? "single" : "double";
  return { ...nothingWritten, style, start: offset + 1, end: end - 1 };
}

function isFlowScalar(token: CST.Token | undefined): token is CST.FlowScalar {
  return token !== undefined && token.type.endsWith("scalar") && token.type !== "block-scalar";
}

const header = /^([|>])(?:([-+])(\d?)|(\d)([-+]?))?[ \t]*(?:#[^\n]*)?\r?\n?$/;

function blockOf(token: CST.BlockScalar): Written {
  const line = token.props.map((prop) => ("source" in prop ? prop.source : "")).join("");
  const match = header.exec(line);
  if (!match) throw new Fault("did not find expected comment or line break", token.offset);
  const [, mode, sign, signDigit, digit, digitSign] = match;
  const width = Number(signDigit ?? digit ?? 0);
  const start = token.offset + line.length;
  return {
    style: mode === ">" ? "folded" : "literal",
    start,
    end: start + token.source.length,
    indent: width > 0 ? Math.max(token.indent, 0) + width : indentOf(token.source),
    chomp: chompOf(sign ?? digitSign),
  };
}

function chompOf(sign: string | undefined): Chomp {
  if (sign === "-") return "strip";
  return sign === "+" ? "keep" : "clip";
}

/** Of the first line that is not blank; -1 where there is none. */
function indentOf(body: string): number {
  const line = body.split(new RegExp(lineBreak)).find((text) => /[^ ]/.test(text));
  return line === undefined ? -1 : line.search(/[^ ]/);
}
