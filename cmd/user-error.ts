/** What the user can mend: shown without a stack, with the next step. */
export class UserError extends Error {
  readonly next: string;
  /** 2 for what was asked wrongly, 3 for what could not be looked at. */
  readonly exitCode: 2 | 3;
  constructor(message: string, next = "", exitCode: 2 | 3 = 2) {
    super(message);
    this.next = next;
    this.exitCode = exitCode;
  }
}
