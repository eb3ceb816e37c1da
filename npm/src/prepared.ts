/** What a webhook keeps between two calls. As secret as the secrets. */
export class Prepared {
  /** Passed to the core with every call. */
  readonly state: Uint8Array;

  constructor(
    /** The provider's signature header, as its guide spells it. */
    readonly signatureHeader: string,
    /** The label of each secret. */
    readonly labels: readonly string[],
    /** Still in the wasm's memory, which is wiped when the core returns. */
    state: Uint8Array,
  ) {
    this.state = state.slice();
  }
}
