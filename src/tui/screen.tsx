import { Box, Text, useApp, useInput, usePaste, useWindowSize } from "ink";
import { memo, useEffect, useSyncExternalStore, type ReactNode } from "react";
import { frameOf } from "./frame.ts";
import { pressedOf } from "./key-name.ts";
import type { Line } from "./line.ts";
import { plainFrame } from "./plain.ts";
import type { Outlet } from "./perform.ts";
import type { Store } from "./store.ts";
import type { Theme } from "./theme.ts";

interface ScreenProps {
  readonly store: Store;
  readonly theme: Theme;
  /** For a screen reader. */
  readonly plain: boolean;
  /** Told once how the terminal can be handed to another program. */
  readonly ready: (suspend: Outlet["suspend"]) => void;
}

/** Draws what the store shows, and hands it the keys. */
export function Screen({ store, theme, plain, ready }: ScreenProps): ReactNode {
  const { state, contents, size } = useSyncExternalStore(store.subscribe, store.get);
  const { columns, rows } = useWindowSize();
  const { suspendTerminal } = useApp();
  useEffect(() => {
    ready(suspendTerminal);
  }, [ready, suspendTerminal]);
  useEffect(() => {
    if (columns !== size.columns || rows !== size.rows) store.resize({ columns, rows });
  }, [store, columns, rows, size]);
  useInput((input, key) => {
    for (const pressed of pressedOf(input, key)) store.press(pressed);
  });
  usePaste((text) => {
    if (store.get().state.prompt)
      store.press({ name: "paste", text: text.replaceAll(/\p{C}+/gu, " ") });
  });
  return plain ? (
    <PlainRows lines={plainFrame(state, contents, size)} />
  ) : (
    <Rows lines={frameOf(state, contents, size)} theme={theme} />
  );
}

function Rows({
  lines,
  theme,
}: {
  readonly lines: readonly Line[];
  readonly theme: Theme;
}): ReactNode {
  return (
    <Box flexDirection="column">
      {lines.map((one, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- a row of the screen is its place
        <Row key={i} text={theme(one)} />
      ))}
    </Box>
  );
}

/** One text a row, drawn again only when it changes. */
const Row = memo(({ text }: { readonly text: string }): ReactNode => (
  <Text wrap="truncate">{text}</Text>
));

function PlainRows({ lines }: { readonly lines: readonly Line[] }): ReactNode {
  const text = lines.map(({ spans }) => spans.map((one) => one.text).join("")).join("\n");
  return <Text>{text}</Text>;
}
