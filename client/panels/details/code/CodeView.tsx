import { useEffect, useMemo, useRef, useState } from 'react';
import type { Exchange } from '../../../../scenarios/engine/read.ts';
import type { CodePlace, TraceHeader } from '../../../../scenarios/engine/trace.ts';
import { usePlayerState } from '../../../player/usePlayer.ts';
import { scrollWithin } from '../../../ui/scrollWithin.ts';
import { useRegionName } from '../../../ui/useRegionName.ts';
import { useDetails } from '../detailsState.ts';
import { CodeFile } from './CodeFile.tsx';
import './CodeView.css';
import { Handled } from './Handled.tsx';
import { knownOf } from './known.ts';
import { decisiveLines, excerptsAround, samePlace } from './places.ts';
import { sources } from './sources.ts';

interface Props {
  header: TraceHeader;
  exchange: Exchange;
  sids: readonly string[];
}

/** The code that handled a request, with the decisive lines and their effects. */
export function CodeView({ header, exchange, sids }: Props) {
  const { request } = exchange;
  const showLine = useDetails((state) => state.showLine);
  const recorded = usePlayerState(({ status }) => status === 'recorded');
  const asked = useDetails(({ lit }) => (lit?.request === request && 'place' in lit ? lit.place : null));
  const [hovered, setHovered] = useState<CodePlace | null>(null);
  const lit = hovered ?? asked;
  const text = useRef<HTMLDivElement>(null);
  const { places, excerpts, sentence } = useMemo(() => {
    const places = decisiveLines(exchange);
    const around = excerptsAround(sources, places);
    if (around.length > 0) return { places, excerpts: around, sentence: null };
    const known = knownOf(sources, header, exchange);
    return { places: [], excerpts: known.excerpts, sentence: known.sentence };
  }, [header, exchange]);

  // Scroll to the requested line, or else to the line that answered.
  const shown = asked ?? places.find(({ answered }) => answered !== null) ?? null;
  useEffect(() => {
    const panel = text.current;
    const file = [...(panel?.querySelectorAll<HTMLElement>('[data-file]') ?? [])].find(
      (section) => section.dataset.file === shown?.file,
    );
    const line = file?.querySelector<HTMLElement>(`[data-line="${shown?.line}"]`);
    if (panel && line) scrollWithin(panel, line, 40);
    else if (panel) panel.scrollTop = 0;
  }, [shown?.file, shown?.line]);

  return (
    <div className="code-view" data-split={places.length > 0 || undefined}>
      {places.length > 0 && (
        <div className="code-side">
          <Handled
            exchange={exchange}
            places={places}
            lit={lit}
            namespace={header.namespace}
            sids={sids}
            onPick={(place) => showLine(request, place)}
            onHover={setHovered}
          />
          {recorded && (
            <p className="code-aside">
              These are the lines of this copy of the app. The trace may come from another version.
            </p>
          )}
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className="code-files" aria-label={useRegionName('Code')} tabIndex={0} ref={text}>
        {sentence !== null && <p className="code-sentence">{sentence}</p>}
        {[...new Set(excerpts.map(({ file }) => file))].map((file) => (
          <CodeFile
            key={file}
            file={file}
            excerpts={excerpts.filter((excerpt) => excerpt.file === file)}
            places={places.filter((place) => place.file === file)}
            lit={lit}
            onHover={(line) => {
              const place = places.find((one) => line !== null && samePlace({ file, line }, one));
              setHovered(place ?? null);
            }}
          />
        ))}
      </section>
    </div>
  );
}
