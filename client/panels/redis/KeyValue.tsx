import { IconChevronRight } from '@tabler/icons-react';
import { memo, useState } from 'react';
import type { KeyValue } from '../../../scenarios/engine/trace.ts';
import { changeSigns } from '../../ui/ChangeMark.tsx';
import { type MarkedLine, markLines } from '../../ui/jsonLines.ts';
import { WithSids } from '../../ui/Sid.tsx';
import { meaningOfField } from './fieldMeaning.ts';
import { valueLines } from './keyText.ts';
import { type RecordFields, recordFields } from './recordFields.ts';

interface Props {
  value: KeyValue;
  /** The value when the step started; null to mark no changes. */
  before: KeyValue | null;
  sids: readonly string[];
}

/** A value line by line, with its changes since the step started. Of a record, the attributes of its cookie are folded. */
export const Value = memo(function Value({ value, before, sids }: Props) {
  const record = recordFields(value, before);
  const lines = record ? record.lines : marked(value, before);
  return (
    <>
      {value.type !== 'string' && <p className="value-type">{value.type}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll a long value */}
      <div className="value mono" tabIndex={0}>
        <Lines lines={lines} sids={sids} meaningOf={record ? meaningOfField : undefined} />
        {record?.cookie && <CookieObject cookie={record.cookie} sids={sids} />}
      </div>
    </>
  );
});

function marked(value: KeyValue, before: KeyValue | null): MarkedLine[] {
  const lines = valueLines(value);
  return before?.type === value.type
    ? markLines(valueLines(before), lines)
    : lines.map((text) => ({ text, mark: null }));
}

function CookieObject({ cookie, sids }: { cookie: NonNullable<RecordFields['cookie']>; sids: readonly string[] }) {
  const [open, setOpen] = useState(false);
  const { summary, lines, mark } = cookie;
  return (
    <>
      <button
        type="button"
        className="plain value-line value-cookie"
        data-mark={mark ?? undefined}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span className="value-sign" aria-hidden="true">
          {mark ? changeSigns[mark] : <IconChevronRight size={11} stroke={2} />}
        </span>
        <span className="value-cookie-text">
          cookie {'{'} {open ? '' : `${summary} }`}
        </span>
      </button>
      {open && <Lines lines={lines.slice(1)} sids={sids} />}
    </>
  );
}

/** More than anybody reads here: an exported trace has all of it. */
const mostLines = 400;
const longestLine = 4000;

/** A longer line would push what else changed out of sight. */
const foldedLine = 240;

interface LinesProps {
  lines: readonly MarkedLine[];
  sids: readonly string[];
  /** What a line is about, where that is known. */
  meaningOf?: ((line: string) => string | undefined) | undefined;
}

function Lines({ lines, sids, meaningOf }: LinesProps) {
  const more = lines.length - mostLines;
  return (
    <>
      <FirstLines lines={lines.slice(0, mostLines)} sids={sids} meaningOf={meaningOf} />
      {more > 0 && <span className="value-line mute">… and {more} more lines, which an exported trace has</span>}
    </>
  );
}

function FirstLines({ lines, sids, meaningOf }: LinesProps) {
  return lines.map(({ text, mark, was }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity
    <span key={index} className="value-line" data-mark={mark ?? undefined} title={meaningOf?.(text)}>
      <span className="value-sign" aria-hidden="true">
        {mark && changeSigns[mark]}
      </span>
      <span>
        <LongText text={text} sids={sids} />
        {was !== undefined && (
          <>
            {' '}
            <s>
              <LongText text={was} sids={[]} />
            </s>
          </>
        )}
      </span>
    </span>
  ));
}

function LongText({ text, sids }: { text: string; sids: readonly string[] }) {
  const [open, setOpen] = useState(false);
  if (text.length <= foldedLine) return <WithSids text={text} sids={sids} />;
  const most = open ? longestLine : foldedLine;
  const count = (characters: number) => characters.toLocaleString('en');
  const whole = text.length > longestLine ? `the first ${count(longestLine)} of` : 'all';
  return (
    <>
      <WithSids text={cut(text, most)} sids={sids} />{' '}
      <button type="button" className="plain value-more" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'less' : `${whole} ${count(text.length)} characters`}
      </button>
    </>
  );
}

/** Not between the halves of one character. */
const cut = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…` : text;
