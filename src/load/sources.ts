/** The text of each file that holds objects or problems, by path; for a kustomization, what it renders to. */
export type Sources = ReadonlyMap<string, string>;
