import { Button } from '@mantine/core';
import { type MouseEvent, type RefObject, use, useLayoutEffect, useRef } from 'react';
import type { View } from '../../scenarios/engine/read.ts';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { isAtEnd } from '../panels/steps/Steps.tsx';
import { stepsPlayed } from '../player/state.ts';
import { SurroundingsContext, type WayOn } from '../player/surroundings.ts';
import { usePlayer, usePlayerState } from '../player/usePlayer.ts';
import { usePlaying } from '../player/usePlaying.ts';
import { addressOf } from '../ui/address.ts';
import { disabledIf } from '../ui/disabledIf.ts';
import { Link } from '../ui/Link.tsx';

interface Props {
  view: View;
  /** The next scenario in reading order; null after the last one; undefined if there is nothing to lead on to. */
  next: ScenarioOutline | null | undefined;
  /** Refers to the link to the next scenario while there is one. */
  wayOn: RefObject<HTMLAnchorElement | null>;
}

/** The buttons that move through the steps. At the end of the scenario, the primary one leads to the next scenario. */
export function StepButtons({ view, next, wayOn }: Props) {
  const player = usePlayer();
  const { runToEnd } = usePlaying();
  const around = use(SurroundingsContext);
  const { steps } = view.header.scenario;
  const past = usePlayerState(({ cursor }) => cursor !== null);
  const allPlayed = usePlayerState(({ events }) => stepsPlayed(events) >= steps.length);
  const busy = usePlayerState((state) => state.busy !== null);
  const usable = usePlayerState(({ status }) => status === 'ready');
  const recorded = usePlayerState(({ status }) => status === 'recorded');
  /** Whether the button that plays the steps had the focus when it made room for the way on. */
  const hadFocus = useRef(false);
  const ended = next !== undefined && !past && !busy && isAtEnd(view);

  return (
    <div className="footer-steps">
      <Button
        variant="default"
        aria-label="Previous step"
        data-key="←"
        {...disabledIf(view.step === null)}
        onClick={player.previous}
      >
        Previous
      </Button>
      {ended ? (
        <WayOnLink way={around.wayOn ?? wayAfter(next)} link={wayOn} takesFocus={hadFocus} />
      ) : (
        <NextStep off={!past && (!usable || allPlayed || busy)} hadFocus={hadFocus} />
      )}
      {recorded && (
        <Button variant="default" {...disabledIf(!past)} onClick={player.goLive}>
          To the end
        </Button>
      )}
      {!recorded && !ended && (
        <Button
          variant="default"
          className="footer-run"
          {...disabledIf(!usable || busy || allPlayed)}
          onClick={runToEnd}
        >
          Run to end
        </Button>
      )}
    </div>
  );
}

function NextStep({ off, hadFocus }: { off: boolean; hadFocus: RefObject<boolean> }) {
  const { next } = usePlaying();
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const current = button.current;
    return () => {
      hadFocus.current = document.activeElement === current;
    };
  }, [hadFocus]);
  return (
    <Button
      ref={button}
      aria-label="Next step"
      data-key="→"
      {...disabledIf(off)}
      // A double click plays one step.
      onClick={(event: MouseEvent) => event.detail !== 2 && next()}
    >
      Next step
    </Button>
  );
}

const wayAfter = (next: ScenarioOutline | null): WayOn =>
  next ? { to: addressOf(next.slug), text: `Next: ${next.title}` } : { to: '/', text: 'All scenarios' };

interface WayOnProps {
  way: WayOn;
  link: RefObject<HTMLAnchorElement | null>;
  takesFocus: RefObject<boolean>;
}

/** A link and no button: Space, which a presenter presses to go on, does not follow a link. */
function WayOnLink({ way, link, takesFocus }: WayOnProps) {
  useLayoutEffect(() => {
    if (takesFocus.current) link.current?.focus();
  }, [link, takesFocus]);
  return (
    <Button
      component={Link}
      ref={link}
      className="footer-way-on"
      to={way.to}
      title={way.text}
      data-key="Enter"
      // The second half of a double click on Next step.
      onClick={(event: MouseEvent) => event.detail === 2 && event.preventDefault()}
    >
      <span>{way.text}</span>
    </Button>
  );
}
