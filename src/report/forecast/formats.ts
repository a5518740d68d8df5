import type { ForecastDocument, ForecastOptions } from "./document.ts";

interface Format {
  readonly render: (document: ForecastDocument, options: ForecastOptions) => string;
}

export const forecastFormats = {
  text: (): Promise<Format> => import("./text.ts"),
  json: (): Promise<Format> => import("./json.ts"),
  ics: (): Promise<Format> => import("./ics.ts"),
  html: (): Promise<Format> => import("./html.ts"),
} as const;

export type ForecastFormat = keyof typeof forecastFormats;

export function isForecastFormat(name: string): name is ForecastFormat {
  return Object.hasOwn(forecastFormats, name);
}
