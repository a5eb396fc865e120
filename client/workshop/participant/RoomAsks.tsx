import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { usePageKey } from '../../ui/pageKey.ts';
import { Said } from '../../ui/Said.tsx';
import { useRoom } from '../connection/useRoom.tsx';
import { keysOfRoom } from '../parts/keysOfRoom.ts';
import { AskedQuestion, PlayedQuestion } from './AskedQuestion.tsx';
import { ReadyBar } from './ReadyBar.tsx';
import './RoomAsks.css';

/**
 * What the room is asked: a question, whether it is ready, or both, over what it is shown. The question can be put aside, to look at
 * the run once more. It stands in the footer, because what is above the footer must not cover it, however high it is.
 */
export function RoomAsks() {
  const question = useRoom(({ room }) => room?.question ?? null);
  const checks = useRoom(({ room }) => room?.readyCheck != null);
  const [aside, setAside] = useState(false);
  const id = question?.id ?? null;
  const isPlayed = question?.phase === 'played';
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question is shown, and so is what becomes of it
  useEffect(() => setAside(false), [id, question?.phase === 'revealed']);
  usePageKey(keysOfRoom.question, question ? () => setAside(!aside) : null);
  return (
    <>
      <Said sentence={question?.phase === 'open' ? `The room is asked: ${question.question}` : ''} />
      <Said sentence={checks ? 'The instructor asks: Ready to go on?' : ''} />
      {question && !isPlayed && !aside ? (
        <AskedQuestion key={question.id} question={question} onAside={() => setAside(true)}>
          <ReadyBar />
        </AskedQuestion>
      ) : (
        <div className="room-asks">
          {question && isPlayed && !aside && <PlayedQuestion question={question} />}
          {question && aside && (
            <Button className="question-back" variant="default" data-key="q" onClick={() => setAside(false)}>
              Show the question
            </Button>
          )}
          <ReadyBar />
        </div>
      )}
    </>
  );
}
