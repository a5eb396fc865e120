import { SegmentedControl } from '@mantine/core';
import type { Stores } from '../../scenarios/engine/api.ts';
import type { ScenarioOutline, StoreKind } from '../../scenarios/engine/trace.ts';
import type { Shown } from '../player/place.ts';
import { isComparison } from '../player/players.ts';
import { choiceOf } from '../player/state.ts';
import { usePlayer, usePlayerState, usePlayers } from '../player/usePlayer.ts';
import './Header.css';
import { memo } from 'react';
import { Link } from '../ui/Link.tsx';
import { HeaderIcons } from './HeaderIcons.tsx';
import { RealRedis } from './RealRedis.tsx';
import { ScenarioPicker } from './ScenarioPicker.tsx';

interface Props {
  scenario: ScenarioOutline;
  scenarios: ScenarioOutline[];
  stores: Stores;
  onLookAgain: () => void;
  onHelp: () => void;
}

export const Header = memo(function Header({ scenario, scenarios, stores, onLookAgain, onHelp }: Props) {
  const player = usePlayer();
  const players = usePlayers();
  const variant = usePlayerState((state) => choiceOf(state)?.variant ?? 'vulnerable');
  const shown = isComparison(player) ? 'both' : variant;
  const store = usePlayerState((state) => choiceOf(state)?.store ?? 'mock');
  const { real } = stores;
  return (
    <header className="header">
      <Link to="/" className="header-brand">
        Session Sandbox
      </Link>
      <ScenarioPicker scenario={scenario} scenarios={scenarios} />
      <div className="header-switch">
        <span className="header-label" aria-hidden="true">
          Redis
        </span>
        <SegmentedControl
          size="xs"
          aria-label="Redis"
          value={store}
          onChange={(value) => void player.switchTo({ store: value as StoreKind })}
          data={[
            { value: 'mock', label: 'Mock' },
            { value: 'real', label: 'Real', disabled: !real.available && store !== 'real' },
          ]}
        />
        <RealRedis status={real} onOpen={onLookAgain} />
      </div>
      <SegmentedControl
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
