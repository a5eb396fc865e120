import type { Mark } from '../../scenarios/engine/marks.ts';
import './ChangeMark.css';

const signs = { added: '+', removed: '−', changed: '~' };

/** What changed since the step started: a sign and a word in the colour of the change. */
export function ChangeMark({ mark, word = mark ?? '' }: { mark: Mark | null; word?: string }) {
  return (
    mark && (
      <span className="change-mark" data-mark={mark}>
        <span aria-hidden="true">{signs[mark]}</span> {word}
      </span>
    )
  );
}
