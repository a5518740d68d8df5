/** Names what something is about: an object, or a file; `namespace` is "" where there is none. */
export interface SubjectRef {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}
