import type { Mark } from '../../scenarios/engine/marks.ts';
import './ChangeMark.css';

export const changeSigns: Record<Mark, string> = { added: '+', removed: '−', changed: '~' };

/** Shows what changed since the step started: a sign and a word in the color of the change. */
export function ChangeMark({ mark, word = mark ?? '' }: { mark: Mark | null; word?: string }) {
  return (
    mark && (
      <span className="change-mark" data-mark={mark}>
        <span aria-hidden="true">{changeSigns[mark]}</span> {word}
      </span>
    )
  );
}
