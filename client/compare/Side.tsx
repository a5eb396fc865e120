import { memo } from 'react';
import { LifetimesStrip } from '../frame/LifetimesStrip.tsx';
import { StateColumn } from '../frame/StateColumn.tsx';
import { Diagram } from '../panels/diagram/Diagram.tsx';
import { PlayerContext } from '../player/usePlayer.ts';
import { shortSid } from '../ui/Sid.tsx';
import { SideContext } from '../ui/useRegionName.ts';
import type { Difference } from './firstDifference.ts';
import { saidApart } from './saidApart.ts';
import { sideOf } from './sides.ts';
import type { Watched } from './useSide.ts';

interface Props {
  watched: Watched;
  /** Where the two first say something else; null as long as they do not. */
  difference: Difference | null;
}

/** One of the two variants: what goes between its lanes, what lives how long, and what its browsers and its Redis hold. */
export const Side = memo(function Side({ watched, difference }: Props) {
  const { variant, player, view, events, position, sids, exchange } = watched;
  const { title, Icon } = sideOf(variant);
  const lit = difference?.[variant];
  const other = difference?.[variant === 'vulnerable' ? 'protected' : 'vulnerable'] ?? null;
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
            {difference && (
              <button
                type="button"
                className="plain side-difference"
                title="Where the two first part"
                onClick={() => void player.goToStep((difference.step ?? -1) + 1)}
              >
                <span className="difference-sign">≠{difference.step !== null && ` step ${difference.step + 1}`}</span>{' '}
                <span className="difference-said mono">
                  {lit ? briefly(saidApart(lit, other, view.header), sids) : 'nothing of the kind'}
                </span>
              </button>
            )}
          </div>
          <LifetimesStrip view={view} events={events} position={position} sids={sids} onGoTo={player.goToStep} />
          <Diagram
            view={view}
            events={events}
            position={position}
            sids={sids}
            selected={exchange?.request.id ?? null}
            onSelect={player.select}
            lit={lit?.seq ?? null}
          />
          <StateColumn view={view} events={events} sids={sids} />
        </div>
      </SideContext>
    </PlayerContext>
  );
});

/** With the session ids cut to what tells them apart. */
const briefly = (line: string, sids: readonly string[]) =>
  sids.reduce((text, sid) => text.replaceAll(sid, shortSid(sid)), line);
