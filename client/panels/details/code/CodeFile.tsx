import { useMemo } from 'react';
import type { CodePlace } from '../../../../scenarios/engine/trace.ts';
import { CodeLines } from './CodeLines.tsx';
import type { Excerpt } from './parts.ts';
import { type Decisive, samePlace } from './places.ts';
import { sources } from './sources.ts';
import { highlighted } from './syntax.ts';

interface Props {
  file: string;
  excerpts: readonly Excerpt[];
  places: readonly Decisive[];
  lit: CodePlace | null;
  onHover: (line: number | null) => void;
}

/** The statements of one file that ran, with the decisive lines marked. */
export function CodeFile({ file, excerpts, places, lit, onHover }: Props) {
  const lines = useMemo(() => highlighted(sources[file] ?? ''), [file]);
  return (
    <section data-file={file}>
      <h3 className="code-file mono">
        {file}
        {file.includes('/weaknesses/') && <span className="code-weak">the weakness</span>}
      </h3>
      {excerpts.map(({ from, to }) => (
        <CodeLines
          key={from}
          lines={lines}
          from={from}
          to={to}
          onHover={onHover}
          noted={(line) => {
            const place = places.find((one) => one.line === line);
            return place ? { mark: samePlace(lit, place) ? 'lit' : 'decisive', note: <Effects place={place} /> } : null;
          }}
        />
      ))}
    </section>
  );
}

/** The effects of a line in short: "→ GET, TTL ← 200". */
function Effects({ place: { commands, answered } }: { place: Decisive }) {
  const names = [...new Set(commands.map(({ name }) => name.toUpperCase()))];
  return (
    <span className="code-effects">
      {names.length > 0 && <span>→ {names.join(', ')}</span>}
      {answered !== null && <span data-ok={answered < 400}>← {answered}</span>}
    </span>
  );
}
