import { useEffect, useRef } from 'react';
import { markLines } from '../../ui/jsonLines.ts';

interface Props {
  code: string;
  /** As the scenario has it. */
  before: string;
}

const signs = { added: '+', removed: '−', changed: '~' };

/** The lines that set up the session, with what differs from the scenario's marked. */
export function SessionCode({ code, before }: Props) {
  const pre = useRef<HTMLPreElement>(null);
  useEffect(() => {
    // Again for other code.
    const marked = code && pre.current?.querySelector<HTMLElement>('[data-mark]');
    if (pre.current && marked) pre.current.scrollTop = marked.offsetTop - marked.offsetHeight;
  }, [code]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach that
    <pre className="mono" tabIndex={0} ref={pre}>
      {markLines(before.split('\n'), code.split('\n')).map(({ text, mark, was }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity
        <span key={index} className="play-code-line" data-mark={mark ?? undefined}>
          <span aria-hidden="true">{mark ? signs[mark] : ' '}</span>
          <span>
            {text}
            {was !== undefined && <span className="mute"> was {was}</span>}
            {mark && <span className="spoken"> ({mark})</span>}
          </span>
        </span>
      ))}
    </pre>
  );
}
