import { useStore } from 'zustand';
import { currentSteps } from '../../player/state.ts';
import { CastContext } from '../../ui/Named.tsx';
import type { OnPage } from '../connection/shownRuns.ts';
import { useRoom } from '../connection/useRoom.tsx';
import { QuestionCard } from '../parts/QuestionCard.tsx';
import { QuestionResult } from '../parts/QuestionResult.tsx';
import '../parts/QuestionSheet.css';
import './Projected.css';
import { codeText } from '../parts/roomText.ts';
import { ShownFrame } from '../parts/ShownFrame.tsx';
import { ShownHeader } from '../parts/ShownHeader.tsx';
import { useActual } from '../parts/useActual.ts';

/** What the room is shown, on the projector: nothing on it can be operated. */
export function Projected({ onPage }: { onPage: OnPage }) {
  const address = useRoom(({ room }) => room!.address);
  const code = useRoom(({ room }) => room!.code);
  const check = useRoom(({ room }) => room!.readyCheck);
  return (
    <div className="projected">
      <ShownFrame
        onPage={onPage}
        header={() => <ShownHeader onPage={onPage}>{null}</ShownHeader>}
        footer={
          <>
            <Where onPage={onPage} />
            {check && (
              <p className="projected-check" role="status">
                Ready to go on? <strong className="number">{check.notYet}</strong> of {check.of} not yet
              </p>
            )}
            <p className="projected-join">
              {address} · <span className="mono">{codeText(code)}</span>
            </p>
          </>
        }
      />
      <ProjectedQuestion />
    </div>
  );
}

function Where({ onPage: { player, sides } }: { onPage: OnPage }) {
  const steps = useStore(player.store, currentSteps);
  const total = useStore(sides[0]!.store, ({ sandbox }) => sandbox!.header.scenario.steps.length);
  return <p className="footer-where number">{steps === 0 ? `${total} steps` : `Step ${steps} of ${total}`}</p>;
}

function ProjectedQuestion() {
  const question = useRoom(({ room }) => room!.question);
  const cast = useRoom(({ leading }) => leading?.store.getState().sandbox?.header.scenario.actors ?? none);
  const actual = useActual(question);
  if (!question) return null;
  if (question.phase === 'played')
    return (
      <CastContext value={cast}>
        <QuestionResult question={question} actual={actual} />
      </CastContext>
    );
  return (
    <section className="question-sheet" aria-label="Question">
      <div className="question-sheet-card">
        <p className="question-sheet-head">Answer on your own page</p>
        <CastContext value={cast}>
          <QuestionCard question={question} actual={actual} onAnswer={null} />
        </CastContext>
        <p className="question-sheet-foot number" role="status">
          {question.answered} of {question.of} answered{question.phase === 'closed' && ' · closed'}
        </p>
      </div>
    </section>
  );
}

const none: never[] = [];
