import type { Line, Role } from "./line.ts";

/** Start and end of an appearance, as ECMA-48 has them. */
type Style = readonly [on: string, off: string];

const sgr = (...codes: readonly number[]): string => `\u001b[${codes.join(";")}m`;

const colors: Readonly<Record<Role, Style>> = {
  error: [sgr(1, 31), sgr(22, 39)],
  warning: [sgr(1, 33), sgr(22, 39)],
  info: [sgr(1, 36), sgr(22, 39)],
  good: [sgr(32), sgr(39)],
  title: [sgr(1), sgr(22)],
  quiet: [sgr(2), sgr(22)],
  frame: [sgr(34), sgr(39)],
  mark: [sgr(1, 31), sgr(22, 39)],
  tab: [sgr(7), sgr(27)],
  bar: [sgr(1), sgr(22)],
};

/** Without colour only weight and reversal are left, and nothing is told by them alone. */
const shades: Readonly<Record<Role, Style>> = {
  error: [sgr(1), sgr(22)],
  warning: [sgr(1), sgr(22)],
  info: ["", ""],
  good: ["", ""],
  title: [sgr(1), sgr(22)],
  quiet: ["", ""],
  frame: ["", ""],
  mark: [sgr(1), sgr(22)],
  tab: [sgr(7), sgr(27)],
  bar: [sgr(1), sgr(22)],
};

const chosen: Style = [sgr(7), sgr(27)];

/** Draws a row. */
export type Theme = (line: Line) => string;

export function themeOf(color: boolean): Theme {
  const styles = color ? colors : shades;
  return ({ spans, chosen: isChosen }) => {
    const text = spans.map(({ text: one, role }) => {
      if (!role || one === "") return one;
      const [on, off] = styles[role];
      return `${on}${one}${off}`;
    });
    return isChosen ? `${chosen[0]}${text.join("")}${chosen[1]}` : text.join("");
  };
}
