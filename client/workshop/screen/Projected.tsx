import { use, useMemo } from 'react';
import { useStore } from 'zustand';
import { currentSteps } from '../../player/state.ts';
import { SurroundingsContext } from '../../player/surroundings.ts';
import type { OnPage } from '../connection/shownRuns.ts';
import { useRoom } from '../connection/useRoom.tsx';
import { codeText } from '../parts/roomText.ts';
import { ShownFrame } from '../parts/ShownFrame.tsx';
import { ShownHeader } from '../parts/ShownHeader.tsx';
import './Projected.css';
import { ProjectedCheck } from './ProjectedCheck.tsx';
import { ProjectedQuestion } from './ProjectedQuestion.tsx';

/** What the room is shown, on the projector: nothing on it can be operated. */
export function Projected({ onPage }: { onPage: OnPage }) {
  const address = useRoom(({ room }) => room!.address);
  const code = useRoom(({ room }) => room!.code);
  const asked = useRoom(({ room }) => room!.question !== null && room!.question.phase !== 'played');
  const around = use(SurroundingsContext);
  const unscrolled = useMemo(() => ({ ...around, scrolls: false }), [around]);
  return (
    <div className="projected">
      <SurroundingsContext value={unscrolled}>
        <ShownFrame
          onPage={onPage}
          header={() => <ShownHeader onPage={onPage}>{null}</ShownHeader>}
          footer={
            <>
              <Where onPage={onPage} />
              {!asked && <ProjectedCheck />}
              <p className="projected-join">
                {address} · <span className="mono">{codeText(code)}</span>
              </p>
            </>
          }
        />
      </SurroundingsContext>
      <ProjectedQuestion />
    </div>
  );
}

function Where({ onPage: { player, sides } }: { onPage: OnPage }) {
  const steps = useStore(player.store, currentSteps);
  const total = useStore(sides[0]!.store, ({ sandbox }) => sandbox!.header.scenario.steps.length);
  const lost = useRoom(({ connection }) => connection === 'lost');
  return (
    <p className="footer-where number">
      {steps === 0 ? `${total} steps` : `Step ${steps} of ${total}`}
      {lost && <span className="footer-busy"> · The connection is lost. Reconnecting…</span>}
    </p>
  );
}
