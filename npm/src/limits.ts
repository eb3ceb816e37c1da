/** The options that are numbers: bytes and ms. */
export class Checked {
  constructor(
    readonly maxPayload: number,
    readonly deadline: number,
    readonly lease: number,
    readonly retention: number,
    readonly maxAge: number | undefined,
  ) {}
}
