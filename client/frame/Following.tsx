import { Button } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState } from 'react';
import { currentMoment, eventsAbout, follow, momentLine, startingMoment } from '../../scenarios/engine/follow.ts';
import { type Followed, followedText, keysOf, keyToFollow } from '../../scenarios/engine/followed.ts';
import { keyName } from '../../scenarios/engine/identity.ts';
import type { TraceHeader } from '../../scenarios/engine/trace.ts';
import { shortName } from '../panels/redis/keyText.ts';
import { disabledIf } from '../ui/disabledIf.ts';
import { useEscape } from '../ui/escape.ts';
import { nameAt, stopFollowing, toggleFollowing, useFollowed, walkTo } from '../ui/follow.ts';
import { followStyle } from '../ui/followStyle.ts';
import { keysOfFollowing, keysOfPanels } from '../ui/keys.ts';
import { usePageKey } from '../ui/pageKey.ts';
import { Said } from '../ui/Said.tsx';
import { Sid } from '../ui/Sid.tsx';
import './Following.css';
import type { PlayerMoment } from './useMoment.ts';

interface Props {
  /** Of the variant that is shown, or of both. */
  moments: readonly PlayerMoment[];
}

/** Follows a session ID, a key or a cookie: a click on one starts it, and then a bar over the footer leads from moment to moment. */
export function Following({ moments }: Props) {
  const found = useFollowed(moments);
  useWindowEvent('click', followClicked, { capture: true });
  usePageKey(keysOfPanels.follow, () => {
    const name = found?.name ?? nameAt(document.activeElement) ?? firstOf(moments.map(nameInMoment));
    if (name !== null) toggleFollowing(name);
  });
  useEffect(() => stopFollowing, []);
  if (!found) return <Said sentence="" />;
  return <Bar key={found.name} {...found} />;
}

/** A click on what can be followed follows it. What it stands in is not opened or closed, but an arrow of the diagram is still selected. */
function followClicked(event: MouseEvent): void {
  if (!(event.target instanceof Element)) return;
  const chip = event.target.closest<HTMLElement>('[data-chip]');
  if (!chip?.dataset.chip || !chip.closest('main, .follow-bar')) return;
  // A line of code that leads to a command keeps its own meaning.
  if (chip.closest('.decisive-command')) return;
  // The end of a drag that selected text.
  if (getSelection()?.isCollapsed === false) return;
  const row = chip.closest<HTMLElement>('[data-event]');
  toggleFollowing(chip.dataset.chip, row && Number(row.dataset.event));
  if (chip.closest('.diagram')) return;
  event.preventDefault();
  event.stopPropagation();
}

/** Returns the session of the selected request, or else that of the newest record, or else the first key of the request. */
function nameInMoment({ exchange, visible, view }: PlayerMoment): string | null {
  const { request, response, commands = [] } = exchange ?? {};
  const asked = [request?.sid, response?.sid, ...commands.map(({ sid }) => sid)];
  const records = visible.flatMap((event) => (event.type === 'key' ? [event.sid] : []));
  const keys = commands.flatMap((command) => keysOf(command, view.header).map(keyToFollow));
  return firstOf([...asked, ...records.toReversed(), ...keys]);
}

const firstOf = (names: readonly (string | null | undefined)[]) => names.find((name) => name != null) ?? null;

interface BarProps {
  name: string;
  followed: Followed;
  /** The `seq` of the moment that was chosen. */
  moment: number | null;
  /** Where it is followed. */
  shown: PlayerMoment;
}

/** What is followed, at which of its moments the page is, and the way to the others. */
function Bar({ name, followed: read, moment: chosen, shown: { player, view, events, position, sids } }: BarProps) {
  const { header } = view;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name says what is followed
  const followed = useMemo(() => read, [name]);
  const moments = useMemo(() => follow(events, followed, header), [events, followed, header]);
  const lit = useMemo(() => eventsAbout(events, followed, moments, header), [events, followed, moments, header]);
  const { step } = view;
  const { selected: request } = player.store.getState();
  // Until one walks, plays on or goes elsewhere.
  const [start] = useState({ step, position });
  const starts = chosen === null && start.step === step && start.position === position;
  const index = starts
    ? startingMoment(moments, { step, request, position })
    : currentMoment(moments, chosen, { step, position });
  useStyleSheet(followStyle(name, lit, moments[index]?.seen ?? null));

  const bar = useRef<HTMLDivElement>(null);
  const before = useRef(document.activeElement);
  const leave = () => {
    const had = bar.current?.contains(document.activeElement) || document.activeElement === document.body;
    stopFollowing();
    // The bar takes the focus with it, so the focus goes back to where it was. What the page shows stays.
    const { current } = before;
    if (had && current instanceof HTMLElement) requestAnimationFrame(() => current.focus({ preventScroll: true }));
  };
  // Where the step has none, following starts at a moment that the page does not show yet: the next one to walk to.
  const ahead = starts && index !== -1 && moments[index]?.step !== step;
  const walk = (by: number) => {
    const next = moments[ahead && by > 0 ? index : index + by];
    if (!next) return;
    walkTo(next.seq);
    if (next.request !== null) player.select(next.request);
    else if (next.step !== null) void player.goToStep(next.step + 1);
    else player.goLive();
  };
  usePageKey(keysOfFollowing.previous, () => walk(-1), { first: true });
  usePageKey(keysOfFollowing.next, () => walk(1), { first: true });
  useEscape(leave);

  const line = momentLine(moments, index);
  return (
    <>
      <Said sentence={`Following ${followedText(followed, header)}, ${line}.`} />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form */}
      <div className="follow-bar" role="group" aria-label="What is followed" ref={bar}>
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
            {...disabledIf(!ahead && index >= moments.length - 1)}
            onClick={() => walk(1)}
          >
            Next
            <span className="follow-word">&nbsp;moment</span>
          </Button>
        </div>
        <p className="follow-what" title={line}>
          <span className="mute">Following</span> <Thing followed={followed} header={header} sids={sids} />
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

/** What is followed, as the panels write it. */
function Thing({ followed, header, sids }: { followed: Followed; header: TraceHeader; sids: readonly string[] }) {
  if (followed.what === 'session') return <Sid sid={followed.sid} sids={sids} />;
  const text = followedText(followed, header);
  const name = followed.what === 'key' ? shortName(keyName(followed.key, header.namespace)) : followed.cookie;
  const where = followed.what === 'key' ? '' : text.slice(`cookie ${name}`.length);
  return (
    <span className="follow-thing" title={text}>
      {followed.what} <strong className="mono">{name}</strong>
      {where}
    </span>
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
