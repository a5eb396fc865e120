import type { ReactNode } from 'react';
import { ComparisonFrame } from '../../compare/ComparisonFrame.tsx';
import { Frame } from '../../frame/Frame.tsx';
import { DetailsContext, detailsOfBoth } from '../../panels/details/detailsState.ts';
import { isComparison } from '../../player/players.ts';
import { PlayerContext } from '../../player/usePlayer.ts';
import type { OnPage } from '../connection/shownRuns.ts';

interface Props {
  onPage: OnPage;
  header: (onHelp: () => void) => ReactNode;
  footer: ReactNode;
}

/** What the room is shown: one variant or both, as the driver sees it, but not to be played. */
export function ShownFrame({ onPage: { player, sides }, header, footer }: Props) {
  const { scenario } = sides[0]!.store.getState().sandbox!.header;
  return (
    <PlayerContext value={player}>
      {isComparison(player) ? (
        <DetailsContext value={detailsOfBoth}>
          <ComparisonFrame comparison={player} scenario={scenario} header={header} footer={footer} />
        </DetailsContext>
      ) : (
        <Frame scenario={scenario} header={header} footer={footer} />
      )}
    </PlayerContext>
  );
}
