/** The rules that find why a bundle for Knative brings no trust; trust that is missing follows from them. */
export const bundleFaults = [
  "KC504",
  "KC505",
  "KC506",
  "KC509",
  "KC512",
  "KC513",
  "KC514",
  "KC517",
] as const;
