import type { CSSProperties, ReactNode } from 'react';
import './CodeLines.css';
import type { Token } from './syntax.ts';

interface Props {
  /** The lines of the whole file. */
  lines: readonly Token[][];
  from: number;
  to: number;
  /** Returns the mark of a line and the note at its end. */
  noted?: (line: number) => { mark: 'decisive' | 'lit' | undefined; note: ReactNode } | null;
  onHover?: (line: number | null) => void;
}

/** Some highlighted lines of a file, with their line numbers. */
export function CodeLines({ lines, from, to, noted, onHover }: Props) {
  return (
    <div className="code-lines mono">
      {lines.slice(from - 1, to).map((tokens, index) => {
        const line = from + index;
        const notes = noted?.(line);
        return (
          <div
            key={line}
            className="code-line"
            data-mark={notes?.mark}
            data-line={line}
            onPointerEnter={onHover && (() => onHover(line))}
            onPointerLeave={onHover && (() => onHover(null))}
          >
            <span className="code-number" aria-hidden="true">
              {line}
            </span>
            <CodeText tokens={tokens}>{notes?.note}</CodeText>
          </div>
        );
      })}
    </div>
  );
}

interface TextProps {
  tokens: readonly Token[];
  /** Stands at the end of the line. */
  children?: ReactNode;
}

/** One line. A long line wraps, and its continuation is indented further. */
export function CodeText({ tokens, children }: TextProps) {
  const indent = /^ */.exec(tokens[0]?.text ?? '')?.[0].length ?? 0;
  return (
    <code className="code-text" style={{ '--indent': `${indent + 4}ch` } as CSSProperties}>
      {tokens.map(({ text, style }, index) =>
        style === '' ? (
          text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line never change their order
          <span key={index} className={style}>
            {text}
          </span>
        ),
      )}
      {children}
    </code>
  );
}
