import { useEffect, useMemo, useRef, useState } from 'react';
import type { CodePlace } from '../../../../scenarios/engine/trace.ts';
import { usePlayerState } from '../../../player/usePlayer.ts';
import { scrollWithin } from '../../../ui/panel.ts';
import { isOfWeakness, samePlace } from '../codePlace.ts';
import { type RequestMoment, useDetails } from '../detailsState.ts';
import { ScrollRegion } from '../ScrollRegion.tsx';
import { type Excerpt, sourceOf } from './appSource.ts';
import { CodeLines } from './CodeLines.tsx';
import './CodeView.css';
import { DecisiveLines } from './DecisiveLines.tsx';
import { type DecisiveLine, handlingCode } from './handlingCode.ts';
import { highlighted } from './syntax.ts';

/** The code that handled a request, with the decisive lines and their effects. */
export function CodeView(moment: RequestMoment) {
  const { exchange } = moment;
  const { header } = moment.view;
  const details = useDetails();
  const recorded = usePlayerState(({ status }) => status === 'recorded');
  const asked = details.lit?.request === exchange.request && 'place' in details.lit ? details.lit.place : null;
  const [hovered, setHovered] = useState<CodePlace | null>(null);
  const lit = hovered ?? asked;
  const text = useRef<HTMLDivElement>(null);
  const { lines, excerpts, explanation } = useMemo(() => handlingCode(header, exchange), [header, exchange]);

  // Scroll to the requested line, or else to what makes this app weak, or else to the line that answered.
  const shown = asked ?? lines.find(isOfWeakness) ?? lines.find(({ answered }) => answered !== null) ?? null;
  useEffect(() => {
    const panel = text.current;
    const line = panel?.querySelector<HTMLElement>(`[data-file="${shown?.file}"] [data-line="${shown?.line}"]`);
    if (panel && line) return scrollWithin(panel, line, 40);
    if (panel) panel.scrollTop = 0;
  }, [shown?.file, shown?.line]);

  return (
    <div className="code-view" data-split={lines.length > 0 || undefined}>
      {lines.length > 0 && (
        <div className="code-side">
          <DecisiveLines {...moment} lines={lines} lit={lit} onHover={setHovered} />
          {recorded && (
            <p className="code-aside">
              These are the lines of this copy of the app. The trace may come from another version.
            </p>
          )}
        </div>
      )}
      <ScrollRegion name="Code" className="code-files" ref={text}>
        {explanation !== null && <p className="code-sentence">{explanation}</p>}
        {[...new Set(excerpts.map(({ file }) => file))].map((file) => (
          <CodeFile
            key={file}
            file={file}
            what={header.repair === undefined ? 'the weakness' : 'the repair'}
            excerpts={excerpts.filter((excerpt) => excerpt.file === file)}
            decisive={lines.filter((line) => line.file === file)}
            lit={lit}
            onHover={setHovered}
          />
        ))}
      </ScrollRegion>
    </div>
  );
}

interface FileProps {
  file: string;
  /** What a file beside the app is. */
  what: string;
  excerpts: readonly Excerpt[];
  decisive: readonly DecisiveLine[];
  lit: CodePlace | null;
  onHover: (place: CodePlace | null) => void;
}

/** The statements of one file that ran, with the decisive lines marked. */
function CodeFile({ file, what, excerpts, decisive, lit, onHover }: FileProps) {
  const lines = useMemo(() => highlighted(sourceOf(file)), [file]);
  const decisiveAt = (number: number | null) => decisive.find(({ line }) => line === number) ?? null;
  return (
    <section data-file={file}>
      <h3 className="code-file mono">
        {file}
        {isOfWeakness({ file }) && <span className="code-weak">{what}</span>}
      </h3>
      {excerpts.map(({ from, to }) => (
        <CodeLines
          key={from}
          lines={lines}
          from={from}
          to={to}
          onHover={(number) => onHover(decisiveAt(number))}
          noted={(number) => {
            const line = decisiveAt(number);
            return line && { mark: samePlace(lit, line) ? 'lit' : 'decisive', note: <Effects line={line} /> };
          }}
        />
      ))}
    </section>
  );
}

/** The effects of a line in short: "→ GET, TTL ← 200". */
function Effects({ line: { commands, answered } }: { line: DecisiveLine }) {
  const names = [...new Set(commands.map(({ name }) => name.toUpperCase()))];
  return (
    <span className="code-effects">
      {names.length > 0 && <span>→ {names.join(', ')}</span>}
      {answered !== null && <span data-ok={answered < 400}>← {answered}</span>}
    </span>
  );
}
