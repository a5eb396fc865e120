import { Button, Popover } from '@mantine/core';
import { IconChevronDown, IconPlugConnectedX } from '@tabler/icons-react';
import { useState } from 'react';
import { faultSpans } from '../../../scenarios/engine/faultSpans.ts';
import { faultState } from '../../../scenarios/engine/faultText.ts';
import type { View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { canAct } from '../../player/state.ts';
import { usePlayer, usePlayerState } from '../../player/usePlayer.ts';
import { FaultList } from './FaultList.tsx';
import './StoreFaults.css';

interface Props {
  view: View;
  /** Up to the moment that is shown. */
  events: readonly TraceEvent[];
  /** Whether the learner can cause faults here. */
  offered: boolean;
}

/** The faults of Redis that last at this moment, with a button that ends them; and in free play, those that the learner can cause. */
export function StoreFaults({ view, events, offered }: Props) {
  const player = usePlayer();
  const acting = usePlayerState(canAct);
  const [opened, setOpened] = useState(false);
  const lasting = faultSpans(events).filter(({ to }) => to === Number.POSITIVE_INFINITY);
  // What a step has caused is part of the lesson, and not to be ended by a newcomer.
  const canEnd = acting && lasting.some(({ from }) => offered || events[from]?.step === null);
  return (
    <div className="store-faults">
      <div role="status" className="store-state">
        {lasting.length > 0 && (
          <>
            <IconPlugConnectedX size={14} stroke={1.8} aria-hidden="true" />
            <span>
              <span className="spoken">Redis: </span>
              {lasting.map(({ fault }) => faultState(fault)).join('; ')}
            </span>
          </>
        )}
      </div>
      {canEnd && (
        <Button size="compact-xs" variant="default" onClick={() => void player.act({ do: 'end-faults' })}>
          End
        </Button>
      )}
      {offered && (
        <Popover
          opened={opened}
          onChange={setOpened}
          position="bottom-end"
          width="min(410px, 100vw - 24px)"
          trapFocus
          returnFocus
        >
          <Popover.Target>
            <button type="button" className="plain store-faults-button" onClick={() => setOpened(!opened)}>
              Faults <IconChevronDown size={12} stroke={2} aria-hidden="true" />
            </button>
          </Popover.Target>
          <Popover.Dropdown aria-label="Faults of Redis">
            <FaultList
              view={view}
              events={events}
              onChoose={(action) => {
                setOpened(false);
                void player.act(action);
              }}
            />
          </Popover.Dropdown>
        </Popover>
      )}
    </div>
  );
}
