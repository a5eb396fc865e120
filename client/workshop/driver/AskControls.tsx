import { Button, Popover } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { choicesFor } from '../../../scenarios/engine/choices.ts';
import { stepsStarted } from '../../player/state.ts';
import { usePlayers } from '../../player/usePlayer.ts';
import { disabledIf } from '../../ui/disabledIf.ts';
import { useRoom } from '../connection/useRoom.tsx';
import { QuestionCard } from '../parts/QuestionCard.tsx';
import { rightText } from '../parts/rightText.ts';
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
  const { phase } = question;
  return (
    <>
      <Answered />
      {phase === 'open' && (
        <Button size="compact-sm" variant="default" onClick={() => void drive({ do: 'close-question' })}>
          Close
        </Button>
      )}
      {(phase === 'open' || phase === 'closed') && (
        <Button size="compact-sm" onClick={() => void drive({ do: 'reveal' })}>
          Reveal
        </Button>
      )}
      {phase === 'revealed' && (
        <Button size="compact-sm" {...disabledIf(busy)} onClick={() => void player.next()}>
          Play the step
        </Button>
      )}
      <Button size="compact-sm" variant="default" onClick={() => void drive({ do: 'drop-question' })}>
        {phase === 'played' ? 'Done' : 'Cancel'}
      </Button>
    </>
  );
}

/** How many have answered, and what, as soon as that is revealed; then how many were right. */
function Answered() {
  const question = useRoom(({ room }) => room!.question)!;
  const actual = useActual(question);
  const [opened, setOpened] = useState(false);
  const { id, phase } = question;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each question starts with its counts hidden
  useEffect(() => setOpened(phase === 'revealed'), [id, phase]);
  const right = rightText(question, actual);
  return (
    <Popover opened={opened} onChange={setOpened} width={560} position="bottom">
      <Popover.Target>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setOpened(!opened)}>
          <span className="number">{right ?? `${question.answered} of ${question.of} answered`}</span>
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
