// Whose turn it is with a connection that only one transaction can have at a time.

/** By connection, because several stores may have the same one: who is the last to wait for it. Nobody, where it is free. */
const turns = new WeakMap<object, Promise<void>>();

/** Waits so many ms for the turn; gives what passes it on, or nothing where it did not come. */
export async function turn(connection: object, wait: number): Promise<(() => void) | undefined> {
  const before = turns.get(connection);
  let resolve = () => {};
  const own = new Promise<void>((done) => (resolve = done));
  turns.set(connection, own);
  const passOn = () => {
    if (turns.get(connection) === own) turns.delete(connection);
    resolve();
  };
  if (!before || (await within(wait, before))) return passOn;
  // Whoever comes next waits for the one before.
  void before.then(passOn);
  return undefined;
}

async function within(wait: number, what: Promise<void>): Promise<boolean> {
  let timer;
  const late = new Promise<false>((resolve) => (timer = setTimeout(resolve, wait, false)));
  const came = await Promise.race([what.then(() => true), late]);
  clearTimeout(timer);
  return came;
}
