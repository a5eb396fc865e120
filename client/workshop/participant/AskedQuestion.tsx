import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Variant } from '../../../scenarios/engine/trace.ts';
import { confirm } from '../../ui/Confirmation.tsx';
import { useEscape } from '../../ui/escape.ts';
import { CastContext } from '../../ui/Named.tsx';
import { usePageKey } from '../../ui/pageKey.ts';
import { Said } from '../../ui/Said.tsx';
import { useInRoom, useRoom } from '../connection/useRoom.tsx';
import { keysOfRoom } from '../parts/keysOfRoom.ts';
import { QuestionCard } from '../parts/QuestionCard.tsx';
import { QuestionResult } from '../parts/QuestionResult.tsx';
import { saidText } from '../parts/roomText.ts';
import { useActual } from '../parts/useActual.ts';
import '../parts/QuestionSheet.css';

/** The question that the room is asked, over what it is shown. It can be put aside, to look at the run once more. */
export function AskedQuestion() {
  const question = useRoom(({ room }) => room?.question ?? null);
  const [aside, setAside] = useState(false);
  const id = question?.id ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question is shown, and so is what becomes of it
  useEffect(() => setAside(false), [id, question?.phase === 'revealed']);
  usePageKey(keysOfRoom.question, question ? () => setAside(!aside) : null);
  return (
    <>
      <Said sentence={question?.phase === 'open' ? `The room is asked: ${question.question}` : ''} />
      {question && aside && (
        <Button className="question-back" variant="default" data-key="q" onClick={() => setAside(false)}>
          Show the question
        </Button>
      )}
      {question && !aside && <Sheet key={question.id} onAside={() => setAside(true)} />}
    </>
  );
}

function Sheet({ onAside }: { onAside: () => void }) {
  const { api } = useInRoom();
  const question = useRoom(({ room }) => room?.question ?? null)!;
  const known = useRoom(({ you }) => you?.answers);
  const cast = useRoom(({ leading }) => leading?.store.getState().sandbox?.header.scenario.actors ?? []);
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
  if (question.phase === 'played')
    return (
      <CastContext value={cast}>
        <QuestionResult question={question} actual={actual} said={said} />
      </CastContext>
    );
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
        <p className="question-sheet-foot" role="status">
          {said ? `${said} · ` : question.phase === 'open' && 'Choose before the step is played · '}
          <span className="number">
            {question.answered} of {question.of} answered
          </span>
          {question.phase === 'closed' && ' · closed'}
        </p>
      </div>
    </section>
  );
}
