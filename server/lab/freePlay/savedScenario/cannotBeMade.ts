/** What was done in a sandbox is no scenario. The message says why, and what to do. */
export class CannotBeMade extends Error {
  override name = 'CannotBeMade';
}
