import { Button, Popover } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { choicesFor } from '../../../scenarios/engine/choices.ts';
import { stepsStarted } from '../../player/state.ts';
import { usePlayers } from '../../player/usePlayer.ts';
import { disabledIf } from '../../ui/disabledIf.ts';
import { useRoom } from '../connection/useRoom.tsx';
import { QuestionCard } from '../parts/QuestionCard.tsx';
import { quietIf } from '../parts/quietIf.ts';
import { useActual } from '../parts/useActual.ts';
import { useDrive } from './useDrive.ts';

/** Asks the room the question of the coming step, and leads from there: close, reveal, play the step, and done. */
export function AskControls() {
  const drive = useDrive();
  const { store } = usePlayers();
  const { player } = useStore(store);
  const question = useRoom(({ room }) => room!.question);
  const shown = useRoom(({ room }) => room!.shown !== null);
  const started = useStore(player.store, ({ events }) => stepsStarted(events));
  const scenario = useStore(player.store, ({ sandbox }) => sandbox?.header.scenario ?? null);
  const atEnd = useStore(player.store, ({ cursor }) => cursor === null);
  const busy = useStore(player.store, (state) => state.busy !== null);
  const ask = scenario?.steps[started]?.ask ?? null;
  const canAsk = shown && atEnd && !busy && ask !== null && scenario !== null && choicesFor(ask, scenario).length > 1;
  useDropWhenPassed(started);

  if (!question) {
    return (
      <Button
        size="compact-sm"
        {...disabledIf(!canAsk)}
        title={canAsk ? `“${ask.question}”` : 'The coming step asks nothing'}
        onClick={() => canAsk && void drive({ do: 'ask', step: started })}
      >
        Ask the room
      </Button>
    );
  }
  const played = started > question.step;
  return (
    <>
      <Answered />
      {question.phase === 'open' && (
        <Button size="compact-sm" variant="default" onClick={() => void drive({ do: 'close-question' })}>
          Close
        </Button>
      )}
      {question.phase !== 'revealed' && (
        <Button size="compact-sm" onClick={() => void drive({ do: 'reveal' })}>
          Reveal
        </Button>
      )}
      {question.phase === 'revealed' && !played && (
        <Button size="compact-sm" {...disabledIf(busy)} onClick={() => void player.next()}>
          Play the step
        </Button>
      )}
      {(question.phase === 'open' || played) && (
        <Button
          size="compact-sm"
          {...quietIf(!(played && question.phase === 'revealed'))}
          onClick={() => void drive({ do: 'drop-question' })}
        >
          {played ? 'Done' : 'Cancel'}
        </Button>
      )}
    </>
  );
}

/** How many have answered, and what, once that is revealed. */
function Answered() {
  const question = useRoom(({ room }) => room!.question)!;
  const actual = useActual(question);
  return (
    <Popover width={560} position="bottom" trapFocus returnFocus>
      <Popover.Target>
        <Button size="compact-sm" variant="subtle">
          <span className="number">
            {question.answered} of {question.of} answered
          </span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="driver-popover driver-answers">
          <QuestionCard question={question} actual={actual} onAnswer={null} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

/** The question of a step leaves the pages of the room when the step after it is played. */
function useDropWhenPassed(started: number): void {
  const drive = useDrive();
  const question = useRoom(({ room }) => room!.question);
  const dropped = useRef<number | null>(null);
  useEffect(() => {
    if (!question || started <= question.step + 1 || dropped.current === question.id) return;
    dropped.current = question.id;
    void drive({ do: 'drop-question' });
  }, [question, started, drive]);
}
