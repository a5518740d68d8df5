import { render } from "ink";
import { workAhead } from "./ahead.ts";
import type { Given } from "./contents.ts";
import { perform, type Host, type Outlet } from "./perform.ts";
import { Screen } from "./screen.tsx";
import { makeStore } from "./store.ts";
import { themeOf } from "./theme.ts";

/** The terminal that the screen opens on. */
interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
}

export interface Opening {
  readonly given: Given;
  readonly host: Host;
  readonly terminal: Terminal;
  readonly color: boolean;
  /** For a screen reader: sentences instead of columns, on the normal screen. */
  readonly plain: boolean;
  /** Closes the screen whenever the process ends, until the function that it gives is called. */
  readonly guard: (close: () => void) => () => void;
  /** Milliseconds that drawing a frame took, for measuring. */
  readonly onFrame?: (milliseconds: number) => void;
}

const framesPerSecond = 60;
/** Milliseconds after which a frame is on the screen. */
const drawn = 40;
/** Turns the wheel into arrow keys while the alternate screen is there (xterm's alternateScroll). */
const wheel = { on: "\u001b[?1007h", off: "\u001b[?1007l" };

const atOnce: Outlet["suspend"] = async (work) => work();

/** Shows the contents until the user leaves. */
export async function openScreen(opening: Opening): Promise<void> {
  const { given, terminal, color, plain, host, guard, onFrame } = opening;
  const { stdin, stdout } = terminal;
  let suspend = atOnce;
  const outlet: Outlet = {
    write: (text) => stdout.write(text),
    suspend: async (work) => suspend(work),
  };
  const size = { columns: stdout.columns, rows: stdout.rows };
  const store = makeStore(
    given,
    size,
    (effect) => void perform(effect, store, host, outlet),
    (work) => setTimeout(work, drawn),
  );
  if (!plain) stdout.write(wheel.on);
  const app = render(
    <Screen
      store={store}
      theme={themeOf(color)}
      plain={plain}
      ready={(how) => {
        suspend = how;
      }}
    />,
    {
      stdin,
      stdout,
      exitOnCtrlC: false,
      alternateScreen: !plain,
      incrementalRendering: !plain,
      isScreenReaderEnabled: plain,
      interactive: true,
      maxFps: framesPerSecond,
      ...(onFrame && {
        onRender: ({ renderTime }) => {
          onFrame(renderTime);
        },
      }),
    },
  );
  const unsubscribe = store.subscribe(() => {
    if (store.get().state.done) app.unmount();
  });
  const stop = workAhead(store, (work) => setTimeout(work, drawn).unref());
  const release = guard(() => app.unmount());
  const unwatch = host.watch?.((next) => store.replace(next));
  try {
    await app.waitUntilExit();
  } finally {
    unsubscribe();
    stop();
    unwatch?.();
    release();
    stdout.write(plain ? "\n" : wheel.off);
  }
}
