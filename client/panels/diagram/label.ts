/** The label of an arrow or a mark: short pieces for the page, and a sentence for screen readers. */

export interface Label {
  parts: LabelPart[];
  sentence: string;
  /** Everything, for the tooltip; without it, the parts are everything. */
  whole?: string;
}

/** A session id, drawn as a chip, or a text. `follows`: what a click on it follows. */
export type LabelPart = { sid: string } | { text: string; tone: Tone; follows?: string };

/** `extra` is left out when there is no room. `prefix` is that of a key. `same` and `new` compare a cookie's id with the one sent. `differs` is what another variant does not have. `cause` is the page of another site behind a request. */
export type Tone = 'name' | 'plain' | 'dim' | 'extra' | 'prefix' | 'same' | 'new' | 'gone' | 'differs' | 'cause';

export const part = (text: string, tone: Tone = 'plain'): LabelPart => ({ text, tone });

/** A name that a click follows. */
export const named = (text: string, tone: Tone, follows: string): LabelPart => ({ text, tone, follows });
