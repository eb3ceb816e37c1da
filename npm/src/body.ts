// A body as it arrives, and no more of it than a receiver takes.

/**
 * Gathers chunks, until one byte more than the limit tells that it is too much. It keeps their bytes and not the chunks, which
 * a sender may make as small as a byte, each with the weight of an object.
 */
export class Body {
  readonly #most: number;
  #room = new Uint8Array(0);
  #size = 0;

  constructor(limit: number) {
    this.#most = limit + 1;
  }

  /** Takes a chunk; says whether more may come. */
  push(chunk: Uint8Array): boolean {
    const piece = chunk.subarray(0, this.#most - this.#size);
    const size = this.#size + piece.length;
    if (size > this.#room.length) this.#grow(size);
    this.#room.set(piece, this.#size);
    this.#size = size;
    return size < this.#most;
  }

  /** All that came. */
  bytes(): Uint8Array {
    return this.#room.subarray(0, this.#size);
  }

  /** To twice of what there was, so that every byte is moved once or twice; most bodies come in one chunk, and fit. */
  #grow(size: number): void {
    const room = new Uint8Array(Math.min(Math.max(size, 2 * this.#room.length), this.#most));
    room.set(this.bytes());
    this.#room = room;
  }
}
