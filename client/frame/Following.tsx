import { Button } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState } from 'react';
import { currentMoment, eventsAbout, follow, momentLine } from '../../scenarios/engine/follow.ts';
import { disabledIf } from '../ui/disabledIf.ts';
import { sidAt, stopFollowing, toggleFollowing, useFollowed, walkTo } from '../ui/follow.ts';
import { followStyle } from '../ui/followStyle.ts';
import { keysOfFollowing, keysOfPanels, usePageKey } from '../ui/keys.ts';
import { Sid } from '../ui/Sid.tsx';
import './Following.css';
import type { PlayerMoment } from './useMoment.ts';

interface Props {
  /** Of the variant that is shown, or of both. */
  moments: readonly PlayerMoment[];
}

/** Follows a session ID: a click on one starts it, and then a bar over the footer leads from moment to moment. */
export function Following({ moments }: Props) {
  const sids = useMemo(() => moments.flatMap((moment) => moment.sids), [moments]);
  const followed = useFollowed(sids);
  const moment = followed && moments.find((one) => one.sids.includes(followed.sid));
  useWindowEvent('click', followClicked, { capture: true });
  usePageKey(keysOfPanels.follow, () => {
    const sid = sidAt(document.activeElement) ?? firstOf(moments.map(sidOfMoment));
    if (sid !== null) toggleFollowing(sid);
  });
  useEffect(() => stopFollowing, []);
  if (!followed || !moment) return <Said sentence="" />;
  return <Bar key={followed.sid} sid={followed.sid} chosen={followed.moment} moment={moment} />;
}

/** A click on a session ID follows it. What it stands in is not opened or closed, but an arrow of the diagram is still selected. */
function followClicked(event: MouseEvent): void {
  if (!(event.target instanceof Element)) return;
  const chip = event.target.closest<HTMLElement>('[data-chip]');
  if (!chip?.dataset.chip || !chip.closest('main, .follow-bar')) return;
  // A button whose words contain an ID keeps its own meaning.
  if (chip.matches('button .wire-sid')) return;
  // The end of a drag that selected text.
  if (getSelection()?.isCollapsed === false) return;
  const row = chip.closest<HTMLElement>('[data-event]');
  toggleFollowing(chip.dataset.chip, row && Number(row.dataset.event));
  if (chip.closest('.diagram')) return;
  event.preventDefault();
  event.stopPropagation();
}

/** Returns the session of the selected request, or else that of the newest record. */
function sidOfMoment({ exchange, visible }: PlayerMoment): string | null {
  const { request, response, commands = [] } = exchange ?? {};
  const asked = [request?.sid, response?.sid, ...commands.map(({ sid }) => sid)];
  const records = visible.flatMap((event) => (event.type === 'key' ? [event.sid] : []));
  return firstOf([...asked, ...records.toReversed()]);
}

const firstOf = (sids: readonly (string | null | undefined)[]) => sids.find((sid) => sid != null) ?? null;

interface BarProps {
  sid: string;
  /** The `seq` of the moment that was chosen. */
  chosen: number | null;
  moment: PlayerMoment;
}

/** What is followed, at which of its moments the page is, and the way to the others. */
function Bar({ sid, chosen, moment: { player, view, events, position, sids } }: BarProps) {
  const moments = useMemo(() => follow(events, sid, view.header), [events, sid, view.header]);
  const lit = useMemo(() => eventsAbout(events, sid, moments), [events, sid, moments]);
  const index = currentMoment(moments, chosen, { step: view.step, position });
  useStyleSheet(followStyle(sid, lit, moments[index]?.seen ?? null));

  const bar = useRef<HTMLDivElement>(null);
  const before = useRef(document.activeElement);
  const leave = () => {
    const had = bar.current?.contains(document.activeElement) || document.activeElement === document.body;
    stopFollowing();
    // The bar takes the focus with it, so the focus goes back to where it was.
    const { current } = before;
    if (had && current instanceof HTMLElement) requestAnimationFrame(() => current.focus());
  };
  const walk = (by: number) => {
    const next = moments[index + by];
    if (!next) return;
    walkTo(next.seq);
    if (next.request !== null) player.select(next.request);
    else if (next.step !== null) void player.goToStep(next.step + 1);
    else player.goLive();
  };
  usePageKey(keysOfFollowing.previous, () => walk(-1), { first: true });
  usePageKey(keysOfFollowing.next, () => walk(1), { first: true });
  usePageKey(keysOfFollowing.leave, leave, { first: true });

  const line = momentLine(moments, index);
  return (
    <>
      <Said sentence={`Following session ${sid.slice(0, 6)}, ${line}.`} />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form */}
      <div className="follow-bar" role="group" aria-label="Followed session" ref={bar}>
        <div className="follow-buttons">
          <Button
            variant="default"
            aria-label="Previous moment"
            data-key="←"
            {...disabledIf(index <= 0)}
            onClick={() => walk(-1)}
          >
            Previous
            <span className="follow-word">&nbsp;moment</span>
          </Button>
          <Button
            variant="default"
            aria-label="Next moment"
            data-key="→"
            {...disabledIf(index >= moments.length - 1)}
            onClick={() => walk(1)}
          >
            Next
            <span className="follow-word">&nbsp;moment</span>
          </Button>
        </div>
        <p className="follow-what" title={line}>
          <span className="mute">Following</span> <Sid sid={sid} sids={sids} />
          <span className="follow-line number">{line}</span>
        </p>
        <Button variant="default" aria-label="Stop following" data-key="Esc" onClick={leave}>
          Stop
          <span className="follow-word">&nbsp;following</span>
        </Button>
      </div>
    </>
  );
}

/** Says a sentence to screen readers when it changes, after what they are saying. */
function Said({ sentence }: { sentence: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => setSaid(sentence), [sentence]);
  return (
    <p className="spoken" aria-live="polite">
      {said}
    </p>
  );
}

/** Adds a style sheet to the page. Not as an element: the page's Content-Security-Policy is for those. */
function useStyleSheet(css: string): void {
  useEffect(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    };
  }, [css]);
}
