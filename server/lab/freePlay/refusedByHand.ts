/** What was asked for by hand cannot be done, and nothing was. The message is a sentence for the person who asked. */
export class RefusedByHand extends Error {
  override name = 'RefusedByHand';
  /** `unknown-…`: there is nothing to do it to. `not-allowed`: nobody could do it. `too-many`: enough has been done. */
  readonly code: 'unknown-actor' | 'unknown-key' | 'unknown-cookie' | 'unknown-host' | 'not-allowed' | 'too-many';

  constructor(code: RefusedByHand['code'], message: string) {
    super(message);
    this.code = code;
  }
}
