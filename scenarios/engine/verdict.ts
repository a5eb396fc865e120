/** What a moment means, in sentences that have a tone each. Pure. */

/** A sentence, or two that belong together. `danger`: it harms somebody. `safe`: an attack was stopped. */
export interface Part {
  text: string;
  tone: 'danger' | 'safe' | 'plain';
}

/** `danger` if any sentence is; else that of the first. */
export const toneOf = (parts: readonly Part[]): Part['tone'] =>
  parts.some(({ tone }) => tone === 'danger') ? 'danger' : (parts[0]?.tone ?? 'plain');

export interface Verdict {
  /** All of it. */
  text: string;
  /** `danger` if any part is; else that of the first part. */
  tone: Part['tone'];
  /** Each with its own tone: what is normal is not red because something beside it is. */
  parts: Part[];
}
