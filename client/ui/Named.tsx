import { createContext, use } from 'react';
import type { ActorOutline } from '../../scenarios/engine/trace.ts';
import { namesIn } from './namesIn.ts';

/** The actors whose names have their color in a text; empty where names are plain. */
export const CastContext = createContext<readonly ActorOutline[]>([]);

/** A text in which each actor has the color of the picture. An e-mail address breaks before its @. */
export function Named({ text }: { text: string }) {
  return namesIn(text, use(CastContext)).map(({ text, color }, index) =>
    color === null ? (
      text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change their order
      <span key={index} className="actor-name" style={{ color: `var(--actor-${color})` }}>
        {text.replace(/@.*/, '')}
        {text.includes('@') && <wbr />}
        {/@.*/.exec(text)?.[0]}
      </span>
    ),
  );
}
