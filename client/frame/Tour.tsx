import { Button, Portal } from '@mantine/core';
import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { usePlayerState } from '../player/usePlayer.ts';
import { useProgress, useProgressState } from '../progress/useProgress.ts';
import { useEscape } from '../ui/escape.ts';
import './Tour.css';
import { hintOnChanges, hints } from './tourHints.ts';
import { useTourPlace } from './useTourPlace.ts';

/** Among what the learner has seen. */
const tourName = 'tour';

/** Shows a newcomer around the page, once. */
export function Tour() {
  const progress = useProgress();
  const ready = usePlayerState(({ status }) => status === 'ready');
  const seen = useProgressState((state) => state.seen.includes(tourName));
  const [open, setOpen] = useState(!seen);
  const shown = open && ready;
  // As soon as it is shown: who leaves in the middle of it does not want to see it again.
  useEffect(() => {
    if (shown) progress.see(tourName);
  }, [shown, progress]);
  return (
    shown && (
      <Portal>
        <Hints onEnd={() => setOpen(false)} />
      </Portal>
    )
  );
}

function Hints({ onEnd }: { onEnd: () => void }) {
  // The button for the next step is not there at the end of a scenario.
  const [present] = useState(() => hints.filter(({ anchor }) => document.querySelector(anchor)));
  const [index, setIndex] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const hint = present[index]!;
  const place = useTourPlace(hint, box);
  const hasApp = usePlayerState((state) => state.hasApp);
  const last = index === present.length - 1;
  const goOn = () => (last ? onEnd() : setIndex(index + 1));
  useFocus(box);
  useEscape(onEnd);
  // Who plays a step has understood how, and looks for what it changed; who plays another one goes on without the tour. The steps of a link are
  // played before.
  const stepping = usePlayerState(({ busy }) => busy === 'stepping');
  const changes = present.indexOf(hintOnChanges);
  const onStep = useEffectEvent(() => (index < changes ? setIndex(changes) : onEnd()));
  const wasStepping = useRef(false);
  useEffect(() => {
    if (wasStepping.current && !stepping) onStep();
    wasStepping.current = stepping;
  }, [stepping]);

  return (
    <>
      <div className="tour-ring" style={place?.ring} aria-hidden="true" />
      {/* Not a dialog: the page and its keys work as ever. */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form */}
      <div
        ref={box}
        className="tour"
        role="group"
        aria-label="Tour of the page"
        style={{ left: place?.left, top: place?.top, opacity: place ? 1 : 0 }}
      >
        <p className="tour-text" aria-live="polite">
          {hasApp ? hint.text : (hint.withoutApp ?? hint.text)}
        </p>
        <div className="tour-buttons">
          <span className="tour-count number">
            {index + 1} of {present.length}
          </span>
          {!last && (
            <Button size="xs" variant="subtle" color="gray" onClick={onEnd}>
              Skip the tour
            </Button>
          )}
          <Button size="xs" data-autofocus onClick={goOn} onKeyDown={(event) => tabInto(hint.anchor, event)}>
            {last ? 'Done' : 'Continue'}
          </Button>
        </div>
      </div>
    </>
  );
}

const focusable = 'a[href], button:not(:disabled), input, [tabindex="0"]';

/** Tab leads from the last button of a hint to what it points at, or comes next: the hint itself is at the end of the document. */
function tabInto(anchor: string, event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Tab' || event.shiftKey) return;
  const element = document.querySelector(anchor);
  const comesNext = (other: Element) =>
    element?.contains(other) || element?.compareDocumentPosition(other) === Node.DOCUMENT_POSITION_FOLLOWING;
  const first = [...document.querySelectorAll<HTMLElement>(focusable)].find(
    (other) => comesNext(other) && other.checkVisibility(),
  );
  if (!first) return;
  event.preventDefault();
  first.focus({ preventScroll: true });
}

/** Takes the focus, and at the end gives it back and scrolls back, unless the learner has gone on elsewhere. */
function useFocus(box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const before = document.activeElement;
    const top = scrollY;
    box.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus({ preventScroll: true });
    return () => {
      scrollTo({ top, behavior: 'instant' });
      const focused = document.activeElement;
      const wentOn = focused !== null && focused !== document.body && !box.current?.contains(focused);
      if (before instanceof HTMLElement && !wentOn) before.focus({ preventScroll: true });
    };
  }, [box]);
}
