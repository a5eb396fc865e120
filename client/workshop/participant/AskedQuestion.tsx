import { type ReactNode, useState } from 'react';
import type { Variant } from '../../../scenarios/engine/trace.ts';
import type { RoomQuestion } from '../../../scenarios/engine/workshop.ts';
import { confirm } from '../../ui/Confirmation.tsx';
import { useEscape } from '../../ui/escape.ts';
import { CastContext } from '../../ui/Named.tsx';
import { useInRoom, useRoom } from '../connection/useRoom.tsx';
import { QuestionCard } from '../parts/QuestionCard.tsx';
import { QuestionResult } from '../parts/QuestionResult.tsx';
import { RoomTimer } from '../parts/RoomTimer.tsx';
import { missingText, saidText } from '../parts/roomText.ts';
import { useActual } from '../parts/useActual.ts';
import '../parts/QuestionSheet.css';

interface Props {
  question: RoomQuestion;
  onAside: () => void;
  /** What else the room is asked. */
  children: ReactNode;
}

/** The question that the room is asked, on a card over what it is shown. */
export function AskedQuestion({ question, onAside, children }: Props) {
  const { api } = useInRoom();
  const known = useRoom(({ you }) => you?.answers);
  const cast = useCast();
  const actual = useActual(question);
  /** What was chosen here, before the server says so. */
  const [chosen, setChosen] = useState<Partial<Record<Variant, number>>>({});
  const answers = { ...known, ...chosen };
  useEscape(onAside);

  const answer = (variant: Variant, choice: number) => {
    setChosen({ ...chosen, [variant]: choice });
    api.answer({ question: question.id, variant, choice }).catch(({ message }: Error) => {
      setChosen({});
      confirm(message);
    });
  };
  const said = saidText(question, answers);
  const missing = missingText(question, answers);
  const invites = question.phase === 'open' ? 'Choose before the step is played' : null;
  const saying = missing ?? said ?? invites;
  return (
    <section className="question-sheet" aria-label="Question">
      <div className="question-sheet-card">
        <p className="question-sheet-head">
          <span>The room is asked</span>
          <button type="button" className="plain question-sheet-aside" onClick={onAside}>
            Look at the run <kbd className="key-hint">q</kbd>
          </button>
        </p>
        <CastContext value={cast}>
          <QuestionCard question={question} answers={answers} actual={actual} onAnswer={answer} />
        </CastContext>
        <div className="question-sheet-foot">
          <p role="status">
            {missing ? <strong className="question-missing">{missing}</strong> : saying}
            {saying && ' · '}
            <span className="number">
              {question.answered} of {question.of} answered
            </span>
            {question.phase === 'closed' && ' · closed'}
          </p>
          <RoomTimer />
        </div>
        {children}
      </div>
    </section>
  );
}

/** The answer of the question whose step was played, and what was said here. */
export function PlayedQuestion({ question }: Pick<Props, 'question'>) {
  const answers = useRoom(({ you }) => you?.answers);
  const actual = useActual(question);
  return (
    <CastContext value={useCast()}>
      <QuestionResult question={question} actual={actual} said={saidText(question, answers ?? {})} />
    </CastContext>
  );
}

const useCast = () => useRoom(({ leading }) => leading?.store.getState().sandbox?.header.scenario.actors ?? none);
const none: never[] = [];
