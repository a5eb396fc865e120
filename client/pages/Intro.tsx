import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { inLearningOrder } from '../player/catalogue.ts';
import { nextUnplayed, playedOf } from '../progress/progress.ts';
import { useProgressState } from '../progress/useProgress.ts';
import { addressOf } from '../ui/address.ts';
import { Link } from '../ui/Link.tsx';
import './Intro.css';

/** What this is, in four lines, and the one button that leads into it. */
export function Intro({ scenarios }: { scenarios: ScenarioOutline[] }) {
  return (
    <>
      <h1 className="intro-title">
        See a session work.
        <br />
        Then watch it being stolen.
      </h1>
      <p className="intro-lead">
        Real attacks on a real Express app. Every cookie, every Redis key and every time to live in view, beside the app
        that withstands them.
      </p>
      <NextScenario scenarios={scenarios} />
    </>
  );
}

/** Links to the scenario that comes next: the first one that was not played yet, or the very first when all were. */
function NextScenario({ scenarios }: { scenarios: ScenarioOutline[] }) {
  const progress = useProgressState((state) => state.progress);
  const ordered = inLearningOrder(scenarios);
  const next = nextUnplayed(ordered, progress) ?? ordered[0];
  if (!next) return null;
  const begun = playedOf(scenarios, progress) > 0;
  return (
    <p className="intro-next">
      <Button
        className="intro-button"
        component={Link}
        to={addressOf(next.slug)}
        rightSection={<IconArrowRight size={16} stroke={2} aria-hidden="true" />}
      >
        {begun ? 'Go on' : 'Start'}: {next.title}
      </Button>
      <span className="mute">
        {begun ? `${next.steps.length} steps` : `${next.steps.length} steps, nothing to install`}
      </span>
    </p>
  );
}
