import type { Check } from '../asking.ts';
import type { Outline, Play } from '../play.ts';

/** One thing that is tried against the app. It logs in for itself, and leaves nothing for another probe. */
export interface Probe extends Outline {
  /** Plays it. What it saw is in the findings of the play. */
  play(check: Check, play: Play): Promise<void>;
}

/** Opens the browser of the one who is attacked, and that of the attacker. */
export const victimIn = ({ alice }: Check, play: Play, name = 'alice') => play.visitor(alice, name, 'victim');
export const attackerIn = ({ mallory }: Check, play: Play) => play.visitor(mallory, 'mallory', 'attacker');
