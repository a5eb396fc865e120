import type { Answer } from '../../../../scenarios/engine/trace.ts';
import { type Code, quoted } from './code.ts';
import type { Moment } from './moment.ts';

export type Held = ReadonlyMap<string, Code<string>>;

export interface MadeStep {
  title: string;
  /** What it does, one call after the other. */
  calls: Code<unknown>[];
  ask: { question: string; answer: Code<Answer> } | null;
}

export interface Circumstances {
  moment: Moment;
  sessionCookie: string;
  namespace: string;
  labelOf(actor: string): string;
  /** For a request: nobody answered it. */
  unanswered: boolean;
}

/** A method of an actor, of one of her pages, or of the world. */
export function call(on: string, method: string, args: readonly Code<unknown>[], page?: string): Code<unknown> {
  const target = on === 'world' ? on : page === undefined ? `${on}!` : `${on}!.on(${quoted(page)})`;
  return {
    text: `${target}.${method}(${args.map(({ text }) => text).join(', ')})`,
    uses: [on, ...args.flatMap(({ uses }) => uses)],
    async value(cast) {
      const whose: unknown = page === undefined ? cast[on] : cast[on]!.on(page);
      const given = await Promise.all(args.map((arg) => arg.value(cast)));
      await (whose as Record<string, (...args: unknown[]) => unknown>)[method]!(...given);
    },
  };
}

/** A text for people: session ids are another run's, and braces would be taken for the name of a time. */
export function shown(text: string, held: Held): string {
  const known = [...held].reduce((before, [sid, { uses }]) => before.replaceAll(sid, `‹${uses[0]}’s id›`), text);
  const short = known.length > 80 ? `${known.slice(0, 79)}…` : known;
  return short.replaceAll('{', '(').replaceAll('}', ')');
}
