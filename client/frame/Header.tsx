import { ActionIcon, Popover } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { memo } from 'react';
import type { Stores } from '../../scenarios/engine/api.ts';
import type { ScenarioOutline, StoreKind } from '../../scenarios/engine/trace.ts';
import { ExportMenu } from '../export/ExportMenu.tsx';
import type { Shown } from '../player/place.ts';
import { isComparison } from '../player/players.ts';
import { choiceOf } from '../player/state.ts';
import { useRecorded } from '../player/useApi.ts';
import { usePlayer, usePlayerState, usePlayers } from '../player/usePlayer.ts';
import { Link } from '../ui/Link.tsx';
import { Switch } from '../ui/Switch.tsx';
import './Header.css';
import { DisplaySwitches } from './DisplaySwitches.tsx';
import { HelpButton } from './HelpButton.tsx';
import { RecordedButton } from './RecordedButton.tsx';
import { ScenarioPicker } from './ScenarioPicker.tsx';

/** A scenario, and what else the server offers. */
export interface ScenarioOffer {
  scenario: ScenarioOutline;
  /** All scenarios, in reading order. */
  scenarios: ScenarioOutline[];
  stores: Stores;
  /** Looks for a real Redis again. */
  onRefreshStores: () => void;
}

type Props = ScenarioOffer & { onHelp: () => void };

/** The header of a scenario: what is played, in which variant and on which Redis. */
export const Header = memo(function Header({ scenario, scenarios, stores, onRefreshStores, onHelp }: Props) {
  const player = usePlayer();
  const players = usePlayers();
  const variant = usePlayerState((state) => choiceOf(state)?.variant ?? 'vulnerable');
  const shown = isComparison(player) ? 'both' : variant;
  const store = usePlayerState((state) => choiceOf(state)?.store ?? 'mock');
  const { real } = stores;
  const recorded = useRecorded();
  return (
    <header className="header">
      <Link to="/" className="header-brand">
        Session Sandbox
      </Link>
      <ScenarioPicker scenario={scenario} scenarios={scenarios} />
      <div className="header-switch">
        {recorded ? (
          <RecordedButton recorded={recorded} store={store} />
        ) : (
          <>
            <span className="header-label" aria-hidden="true">
              Redis
            </span>
            <Switch
              size="xs"
              aria-label="Redis"
              value={store}
              onChange={(value) => void player.switchTo({ store: value as StoreKind })}
              data={[
                { value: 'mock', label: 'Mock' },
                { value: 'real', label: 'Real', disabled: !real.available && store !== 'real' },
              ]}
            />
            <RealRedis status={real} onOpen={onRefreshStores} />
          </>
        )}
      </div>
      <Switch
        size="xs"
        aria-label="Variant"
        className="header-variant"
        data-variant={shown}
        value={shown}
        onChange={(value) => void players.show(value as Shown)}
        data={[
          { value: 'vulnerable', label: 'Vulnerable' },
          { value: 'protected', label: 'Protected' },
          { value: 'both', label: 'Both' },
        ]}
      />
      <HeaderIcons onHelp={onHelp} />
    </header>
  );
});

/** The end of a header, also of that of a recorded trace. */
export function HeaderIcons({ onHelp }: { onHelp: () => void }) {
  return (
    <div className="header-icons">
      <ExportMenu />
      <DisplaySwitches />
      <HelpButton onHelp={onHelp} />
    </div>
  );
}

/** Shows which real Redis is available; if there is none, why, and how to get one. */
export function RealRedis({ status, onOpen }: { status: Stores['real']; onOpen: () => void }) {
  const { available, reason, passedOver, waysToGetOne } = status;
  return (
    <Popover width={340} position="bottom-end" trapFocus returnFocus onOpen={onOpen}>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label="About the real Redis">
          <IconInfoCircle size={15} stroke={1.7} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className="real-redis">
        {available ? (
          <>
            <strong>A real Redis is available</strong>
            <p>{whereItIs(status)}</p>
          </>
        ) : (
          <>
            <strong>No real Redis is available</strong>
            <p>{reason}</p>
            <p>Three ways to get one:</p>
            <ol>
              {waysToGetOne.map((way) => (
                <li key={way}>{way}</li>
              ))}
            </ol>
          </>
        )}
        {passedOver.map((why) => (
          <p key={why} className="mute">
            {why}
          </p>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

function whereItIs({ address, source }: Stores['real']): string {
  if (source === 'startable') {
    return 'This machine has a redis-server program. It is started when the first sandbox needs it, and stopped with this server.';
  }
  const origin = { REDIS_URL: ', from REDIS_URL', started: ', started by this server', localhost: '' };
  return `At ${address}${source === null ? '' : origin[source]}.`;
}
