/** Changes that come within so many milliseconds are judged together. */
const calm = 50;
/**
 * Time alone changes verdicts: certificates expire. After so many milliseconds everything is judged anew, or after a
 * multiple of what that takes, which leaves time for what changes.
 */
const atLeastEvery = 60_000;
const restsFor = 10;

/** When what changes all the time is judged: one time after the other, soon after a change, and anew now and then. */
export interface Pace {
  readonly touched: () => void;
  readonly stop: () => void;
}

/** `took`: milliseconds that it took to judge everything. */
export function pace(judge: (anew: boolean) => Promise<void>, took: number): Pace {
  let waiting: NodeJS.Timeout | undefined;
  let resting: NodeJS.Timeout | undefined;
  let stopped = false;
  let last = Promise.resolve();
  const inTurn = (anew: boolean) => {
    last = last.then(() => (stopped ? undefined : judge(anew)));
    return last;
  };
  const rest = (milliseconds: number) => {
    if (stopped) return;
    resting = setTimeout(() => void judgeAnew(), Math.max(atLeastEvery, restsFor * milliseconds));
  };
  const judgeAnew = async () => {
    const start = performance.now();
    await inTurn(true);
    rest(performance.now() - start);
  };
  rest(took);
  return {
    touched() {
      waiting ??= setTimeout(() => {
        waiting = undefined;
        void inTurn(false);
      }, calm);
    },
    stop() {
      stopped = true;
      clearTimeout(waiting);
      clearTimeout(resting);
    },
  };
}
