import type { Forecast } from "../../time/forecast/result.ts";

/** What `forecast` prints: the future of each world. */
export interface ForecastDocument {
  /** RFC 3339. */
  readonly now: string;
  readonly worlds: readonly WorldForecast[];
}

export interface WorldForecast extends Forecast {
  /** "" where the input is one unnamed world. */
  readonly name: string;
}

export interface ForecastOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
  /** Folds nothing. */
  readonly all: boolean;
}
