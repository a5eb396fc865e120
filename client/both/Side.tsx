import { IconLockOpen, IconShieldCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { sessionIds } from '../../scenarios/engine/identity.ts';
import type { View } from '../../scenarios/engine/read.ts';
import type { TraceEvent, Variant } from '../../scenarios/engine/trace.ts';
import { LifetimesStrip } from '../frame/LifetimesStrip.tsx';
import { StateColumn } from '../frame/StateColumn.tsx';
import { SideContext } from '../frame/useRegionName.ts';
import { Diagram } from '../panels/diagram/Diagram.tsx';
import type { Player } from '../player/player.ts';
import { type PlayerState, positionOf, selectedExchange } from '../player/state.ts';
import { PlayerContext } from '../player/usePlayer.ts';
import { shortSid } from '../Sid.tsx';
import { saidApart } from './saidApart.ts';

interface Props {
  variant: Variant;
  player: Player;
  view: View;
  state: PlayerState;
  /** Where the two first say something else; an event is null where that side says nothing instead. */
  different: { step: number | null; event: TraceEvent | null; other: TraceEvent | null } | null;
  onGoTo: (steps: number) => void;
  onSelect: (request: number) => void;
}

const heads = {
  vulnerable: { title: 'Vulnerable', Icon: IconLockOpen },
  protected: { title: 'Protected', Icon: IconShieldCheck },
};

/** One of the two variants: what goes between its lanes, what lives how long, and what its browsers and its Redis hold. */
export function Side({ variant, player, view, state, different, onGoTo, onSelect }: Props) {
  const { title, Icon } = heads[variant];
  const { events } = state;
  const sids = useMemo(() => sessionIds(events), [events]);
  const position = positionOf(state);
  return (
    <PlayerContext value={player}>
      <SideContext value={variant}>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form */}
        <div className="side" role="group" aria-label={title} data-variant={variant}>
          <div className="side-head">
            <h2>
              <Icon size={15} stroke={2} aria-hidden="true" />
              {title}
            </h2>
            {different && (
              <button
                type="button"
                className="plain side-difference"
                title="Where the two first part"
                onClick={() => onGoTo((different.step ?? -1) + 1)}
              >
                <span className="difference-sign">≠{different.step !== null && ` step ${different.step + 1}`}</span>{' '}
                <span className="difference-said mono">
                  {different.event
                    ? briefly(saidApart(different.event, different.other, view.header), sids)
                    : 'nothing of the kind'}
                </span>
              </button>
            )}
          </div>
          <LifetimesStrip view={view} events={events} position={position} sids={sids} onGoTo={onGoTo} />
          <Diagram
            view={view}
            events={events}
            position={position}
            sids={sids}
            selected={selectedExchange(view, state.selected)?.request.id ?? null}
            onSelect={onSelect}
            lit={different?.event?.seq ?? null}
          />
          <StateColumn view={view} events={events} sids={sids} />
        </div>
      </SideContext>
    </PlayerContext>
  );
}

/** With the session ids cut to what tells them apart. */
const briefly = (line: string, sids: readonly string[]) =>
  sids.reduce((text, sid) => text.replaceAll(sid, shortSid(sid)), line);
