import { ownerOf } from '../../scenarios/engine/people.ts';
import type { ActorOutline } from '../../scenarios/engine/trace.ts';
import { actorColor } from './Badge.tsx';

/** A piece of a text. `color`: that of the actor it names; null for what lies between names. */
export interface Piece {
  text: string;
  color: string | null;
}

/**
 * Splits a text at the names of actors: "Alice", "Alice’s phone", "alice@shop.example". Joined again, the pieces are the text. A person
 * with several browsers has the color of the first one. Pure.
 */
export function namesIn(text: string, actors: readonly ActorOutline[]): Piece[] {
  const colors = new Map<string, string>();
  for (const actor of actors) {
    const name = actor.label.split(',')[0]!;
    const owner = ownerOf(actor, actors);
    if (!/^\p{Lu}/u.test(name)) continue;
    const color = actorColor(actor, actors);
    for (const word of owner ? [name, owner, owner.toLowerCase()] : [name])
      if (!colors.has(word)) colors.set(word, color);
  }
  if (colors.size === 0) return [{ text, color: null }];
  const names = [...colors.keys()]
    .sort((a, b) => b.length - a.length)
    // In lower case only as the start of an e-mail address.
    .map((name) => escaped(name) + (/^\p{Ll}/u.test(name) ? '@[\\w.-]*\\w' : ''));
  const pattern = new RegExp(`(?<![\\p{L}\\d])(${names.join('|')})(?![\\p{L}\\d])`, 'gu');
  return text
    .split(pattern)
    .flatMap((piece, index) =>
      piece === '' ? [] : [{ text: piece, color: index % 2 === 1 ? (colors.get(piece.split('@')[0]!) ?? null) : null }],
    );
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
