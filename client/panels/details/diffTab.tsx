import type { ScenarioOutline, Variant } from '../../../scenarios/engine/trace.ts';
import type { Tab } from './Drawer.tsx';
import { Loading } from './Loading.tsx';
import { lazyDiff } from './lazyCode.ts';

/** @param ran which side is the run that is looked at; null where both are */
export const diffTab = (scenario: ScenarioOutline, ran: Variant | null): Tab => ({
  value: 'diff',
  label: 'Diff',
  panel: () => <Loading lazy={lazyDiff}>{({ DiffView }) => <DiffView scenario={scenario} ran={ran} />}</Loading>,
});
