import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, type RefObject, useMemo, useRef } from 'react';
import type { View } from '../../scenarios/engine/read.ts';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { HandOut } from '../export/HandOut.tsx';
import { copyCurl } from '../panels/details/curl/Curl.tsx';
import { useDetails } from '../panels/details/detailsState.ts';
import { shownOf } from '../player/players.ts';
import { usePlayer, usePlayerState, usePlayers } from '../player/usePlayer.ts';
import { usePlaying } from '../player/usePlaying.ts';
import { useFollowingScope } from '../ui/follow.ts';
import { type Command, useKeys } from '../ui/keys.ts';
import { Announcer } from './Announcer.tsx';
import { Following } from './Following.tsx';
import { Footer, type Jump, useJump } from './Footer.tsx';
import { Help } from './Help.tsx';
import { ForkQuestion, Messages } from './Messages.tsx';
import type { PlayerMoment } from './useMoment.ts';
import { usePictureInView } from './usePictureInView.ts';

interface Props {
  /** The class of the page, and the beginning of those of its areas. */
  name: 'frame' | 'comparison';
  scenario: ScenarioOutline;
  view: View;
  /** Of the variant that is shown, or of both. */
  moments: readonly PlayerMoment[];
  /** The next scenario in reading order; null after the last one; undefined if there is nothing to lead on to. */
  next: ScenarioOutline | null | undefined;
  /** Draws the header. `onHelp` opens the list of keys. */
  header: (onHelp: () => void) => ReactNode;
  /** What stands in the footer in place of the controls, where this page does not play what it shows. */
  footer?: ReactNode;
  /** The panels. */
  children: ReactNode;
}

/** What surrounds the panels of one variant, or of both: header and footer, keys, messages, dialogs and the hand-out. */
export function FrameShell({ name, scenario, view, moments, next, header, footer, children }: Props) {
  const busy = usePlayerState((state) => state.busy);
  const { size } = useDetails();
  const [helpOpened, help] = useDisclosure(false);
  const jump = useJump();
  const wayOn = useRef<HTMLAnchorElement>(null);
  const main = useRef<HTMLElement>(null);
  usePictureInView(main, view.step, view.running);
  useFrameKeys(jump, wayOn, help.open);
  const scope = useFollowingScope(moments[0]!);
  const sides = useMemo(() => moments.map((moment) => moment.view), [moments]);
  const head = useMemo(() => header(help.open), [header, help.open]);
  return (
    <div className={name} data-busy={busy ?? undefined} data-details={size}>
      {head}
      <main ref={main} className={`${name}-main`} {...(name === 'frame' ? scope : {})}>
        <h1 className="spoken">{scenario.title}</h1>
        {children}
      </main>
      {footer === undefined ? (
        <Footer view={view} jump={jump} next={next} wayOn={wayOn}>
          <Following moments={moments} />
        </Footer>
      ) : (
        <footer className="footer">
          {footer}
          <Following moments={moments} />
        </footer>
      )}
      <Messages />
      <Announcer view={view} sides={sides} />
      <ForkQuestion view={view} />
      <HandOut scenario={scenario} />
      <Help opened={helpOpened} onClose={help.close} />
    </div>
  );
}

const variantAfter = { vulnerable: 'protected', protected: 'both', both: 'vulnerable' } as const;

/** The keys of the page while it shows a scenario. */
function useFrameKeys(jump: Jump, wayOn: RefObject<HTMLAnchorElement | null>, onHelp: () => void): void {
  const player = usePlayer();
  const players = usePlayers();
  const playing = usePlaying();
  const { toggleTab } = useDetails();
  const recorded = usePlayerState(({ status }) => status === 'recorded');
  const hasApp = usePlayerState((state) => state.hasApp);
  const commands: Record<Command, () => void> = {
    // At the end it only marks the way on, which Enter goes: a presenter who presses once too often must not lose the ending.
    next: () => (wayOn.current ? wayOn.current.focus() : playing.next()),
    previous: player.previous,
    first: () => void player.goToStep(0),
    last: player.goLive,
    // A recorded trace has only one variant.
    variant: () => recorded || void players.show(variantAfter[shownOf(player)]),
    diff: () => toggleTab('diff'),
    copy: () => hasApp && copyCurl(player),
    jump: () => hasApp && jump.go(),
    reset: playing.reset,
    help: onHelp,
  };
  useKeys((command) => commands[command]());
}
