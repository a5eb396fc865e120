import { memo } from 'react';
import type { KeyValue } from '../../../scenarios/engine/trace.ts';
import { type MarkedLine, markLines } from '../../ui/jsonLines.ts';
import { WithSids } from '../../ui/WithSids.tsx';
import { linesOf } from './valueLines.ts';

interface Props {
  value: KeyValue;
  before: KeyValue | null;
  gone: boolean;
  sids: readonly string[];
}

const signs = { added: '+', removed: '−', changed: '~' };

/** A value line by line, with what changed since the step started. It is not compared anew whenever a second has passed. */
export const KeyValueLines = memo(function KeyValueLines({ value, before, gone, sids }: Props) {
  const after = linesOf(value);
  const marked: MarkedLine[] =
    gone || before === null || before.type !== value.type
      ? after.map((text) => ({ text, mark: null }))
      : markLines(linesOf(before), after);
  return (
    <>
      {value.type !== 'string' && <p className="value-type">{value.type}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long value is scrolled, which the keyboard must reach */}
      <pre className="value" tabIndex={0}>
        {marked.map(({ text, mark, was }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity
          <span key={index} className="value-line" data-mark={mark ?? undefined}>
            <span className="value-sign" aria-hidden="true">
              {mark && signs[mark]}
            </span>
            <span>
              <WithSids text={text} sids={sids} />
              {was !== undefined && (
                <>
                  {' '}
                  <s>{was}</s>
                </>
              )}
            </span>
          </span>
        ))}
      </pre>
    </>
  );
});
