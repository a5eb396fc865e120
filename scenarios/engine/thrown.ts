/** Whatever was thrown as an Error with words to read. What an author throws may be no Error, have no message, or not even be printable. */
export function asError(thrown: unknown): Error {
  try {
    if (!(thrown instanceof Error)) return new Error(String(thrown));
    const { message, name } = thrown;
    return typeof message === 'string' && message !== '' ? thrown : new Error(`${name} without a message`);
  } catch {
    return new Error('Something was thrown that cannot be printed');
  }
}
