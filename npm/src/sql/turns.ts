// Whose turn it is with a connection that only one transaction can have at a time.

/** By connection, because several stores may have the same one. */
const turns = new WeakMap<object, Promise<void>>();

/** Waits so many ms for the turn; gives what passes it on, or nothing where it did not come. */
export async function turn(connection: object, wait: number): Promise<(() => void) | undefined> {
  const before = turns.get(connection) ?? Promise.resolve();
  let passOn = () => {};
  turns.set(connection, new Promise((resolve) => (passOn = resolve)));

  let timer;
  const late = new Promise<false>((resolve) => (timer = setTimeout(resolve, wait, false)));
  const came = await Promise.race([before.then(() => true), late]);
  clearTimeout(timer);
  if (came) return passOn;
  // Whoever comes next waits for the one before.
  void before.then(passOn);
  return undefined;
}
