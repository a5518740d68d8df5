/** One forecast and one proof over one cluster, once it is loaded. Times in milliseconds of processor time. */
export interface Measured {
  readonly handshakes: number;
  /** To decide all of them once, which is part of a forecast. */
  readonly deciding: number;
  readonly forecast: number;
  /** The same by the clock. */
  readonly clock: number;
  readonly events: number;
  readonly verify: number;
  readonly states: number;
  readonly verdict: string;
  /** Peak memory in MB when the cluster was there, after the forecast, and in the end. */
  readonly loaded: number;
  readonly forecasted: number;
  readonly peak: number;
}
