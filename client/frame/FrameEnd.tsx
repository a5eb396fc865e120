import type { View } from '../../scenarios/engine/read.ts';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { HandOut } from '../export/HandOut.tsx';
import { Announcer } from './Announcer.tsx';
import { Footer } from './Footer.tsx';
import { ForkQuestion } from './ForkQuestion.tsx';
import { KeyboardHelp } from './KeyboardHelp.tsx';
import { Messages } from './Messages.tsx';
import { useFrameKeys } from './useFrameKeys.ts';
import { useJump } from './useJump.ts';

interface Props {
  scenario: ScenarioOutline;
  view: View;
  /** Whether the keys are told, and how to tell them or not. */
  help: { told: boolean; open: () => void; close: () => void };
}

/** What is around the panels however many sides they show: the footer, the keys, what is said over the page, and its hand-out. */
export function FrameEnd({ scenario, view, help }: Props) {
  const jump = useJump();
  useFrameKeys({ jump, onHelp: help.open });
  return (
    <>
      <Footer view={view} jump={jump} />
      <Messages />
      <Announcer view={view} />
      <ForkQuestion view={view} />
      <HandOut scenario={scenario} />
      <KeyboardHelp opened={help.told} onClose={help.close} />
    </>
  );
}
