import { CastContext } from '../../ui/Named.tsx';
import { useRoom } from '../connection/useRoom.tsx';
import { QuestionCard } from '../parts/QuestionCard.tsx';
import { QuestionResult } from '../parts/QuestionResult.tsx';
import '../parts/QuestionSheet.css';
import { RoomTimer } from '../parts/RoomTimer.tsx';
import { useActual } from '../parts/useActual.ts';
import { ProjectedCheck } from './ProjectedCheck.tsx';
import './ProjectedQuestion.css';

/** The question that the room is asked, for the last row of the room; nothing without one. */
export function ProjectedQuestion() {
  const question = useRoom(({ room }) => room!.question);
  const cast = useRoom(({ leading }) => leading?.store.getState().sandbox?.header.scenario.actors ?? none);
  const actual = useActual(question);
  if (!question) return null;
  const { phase } = question;
  if (phase === 'played')
    return (
      <CastContext value={cast}>
        <QuestionResult question={question} actual={actual} />
      </CastContext>
    );
  return (
    <section className="question-sheet" aria-label="Question">
      <div className="question-sheet-card">
        <p className="question-sheet-head">{heads[phase]}</p>
        <CastContext value={cast}>
          <QuestionCard question={question} actual={actual} onAnswer={null} />
        </CastContext>
        <div className="question-sheet-foot">
          <p className="number" role="status">
            <strong>
              {question.answered} of {question.of}
            </strong>{' '}
            answered
          </p>
          <RoomTimer />
        </div>
        <ProjectedCheck />
      </div>
    </section>
  );
}

const heads = { open: 'Answer on your own page', closed: 'No more answers', revealed: 'What the room said' };

const none: never[] = [];
