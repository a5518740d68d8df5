/** What the user can mend: shown without a stack, with the next step. Exit code 2. */
export class UserError extends Error {
  readonly next: string;
  constructor(message: string, next = "") {
    super(message);
    this.next = next;
  }
}
