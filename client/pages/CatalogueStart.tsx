import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { nextUnplayed, playedOf } from '../progress/progress.ts';
import { useProgressState } from '../progress/useProgress.ts';
import { addressOf } from '../ui/address.ts';
import { Link } from '../ui/Link.tsx';

/** The way in: the first scenario in reading order that was not played yet. Nothing when all were. */
export function CatalogueStart({ scenarios }: { scenarios: ScenarioOutline[] }) {
  const progress = useProgressState((remembered) => remembered.progress);
  const next = nextUnplayed(scenarios, progress);
  if (!next) return null;
  return (
    <Button
      className="catalogue-start"
      component={Link}
      to={addressOf(next.slug)}
      rightSection={<IconArrowRight size={15} stroke={2} />}
    >
      {playedOf(scenarios, progress) === 0 ? 'Begin with' : 'Go on with'} “{next.title}”
    </Button>
  );
}
