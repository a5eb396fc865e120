import { Button } from '@mantine/core';
import { IconCheck, IconPlayerPlayFilled, IconX } from '@tabler/icons-react';
import { type ComponentType, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Outcome } from '../../../../scenarios/engine/repairOutcome.ts';
import type { RepairOutline } from '../../../../scenarios/engine/trace.ts';
import { usePlayer, usePlayerState } from '../../../player/usePlayer.ts';
import { disabledIf } from '../../../ui/disabledIf.ts';
import { Prose } from '../../../ui/Prose.tsx';
import { scrollWithin } from '../../../ui/panel.ts';
import { useDetails } from '../detailsState.ts';
import { DiffLines } from './DiffLines.tsx';
import './RepairChoice.css';
import { RepairResult, type RunPictureProps } from './RepairResult.tsx';
import { repairedCode } from './repairedCode.ts';
import { pick, showFix, tryRepair, useRepairs } from './repairsState.ts';

interface Props {
  slug: string;
  weakness: string;
  repairs: readonly RepairOutline[];
  Picture: ComponentType<RunPictureProps>;
}

/** Three repairs, each with its diff. The learner chooses one, plays the attack again, and sees whether it still works. */
export function RepairChoice({ slug, weakness, repairs, Picture }: Props) {
  const { playThrough } = usePlayer();
  const hasApp = usePlayerState((state) => state.hasApp);
  const { enlarge, giveBack } = useDetails();
  const { picked, tries } = useRepairs(slug);
  const [playing, setPlaying] = useState(false);
  const [refused, setRefused] = useState(false);
  const name = useId();
  const head = useRef<HTMLDivElement>(null);
  const shown = useRef<HTMLDivElement>(null);
  const repair = picked === undefined ? undefined : repairs[picked];
  const tried = picked === undefined ? undefined : tries[picked];

  // Only after it was played: another choice moves nothing.
  const [plays, setPlays] = useState(0);
  useLayoutEffect(() => {
    const panel = shown.current?.closest<HTMLElement>('.diff');
    if (panel && shown.current && plays > 0) return scrollWithin(panel, shown.current, head.current?.offsetHeight ?? 0);
  }, [plays]);

  // Another tab or another scenario finds the drawer as the learner left it.
  useEffect(() => giveBack, [giveBack]);

  const play = async () => {
    if (picked === undefined || !repair || playing) return;
    // The picture needs the room.
    enlarge();
    setPlaying(true);
    setRefused(!(await tryRepair({ slug, index: picked, repairs }, playThrough)));
    setPlaying(false);
    setPlays((count) => count + 1);
  };

  return (
    <div className="repair">
      <div className="repair-head" ref={head}>
        <p id={name} className="repair-question">
          Put it right yourself: which of these three is the fix?
        </p>
        <Button variant="subtle" size="compact-sm" className="repair-fix" onClick={() => showFix(slug)}>
          Show the fix
        </Button>
        <Button
          size="compact-sm"
          leftSection={<IconPlayerPlayFilled size={12} />}
          {...disabledIf(repair === undefined || playing)}
          onClick={() => void play()}
        >
          Play it again with this repair
        </Button>
      </div>
      <div role="radiogroup" aria-labelledby={name} className="repair-choices">
        {repairs.map(({ title, idea }, index) => (
          <label key={title} className="repair-choice" data-picked={index === picked}>
            <input type="radio" name={name} checked={index === picked} onChange={() => pick(slug, index)} />
            <span className="repair-words">
              <strong>{title}</strong>
              <span className="repair-idea">
                <Prose text={idea} />
              </span>
              <Mark outcome={tries[index]?.outcome} />
            </span>
          </label>
        ))}
      </div>
      {/* For screen readers the outcome only, and not all of the picture. */}
      <p role="status" className="spoken">
        {!playing && tried?.outcome.sentences.join(' ')}
      </p>
      <div ref={shown}>
        {refused && !playing && (
          <p className="repair-refused" role="alert">
            The steps could not be played. Try again.
          </p>
        )}
        {tried && repair && !playing && <RepairResult key={picked} {...tried} repair={repair} Picture={Picture} />}
      </div>
      {repair ? (
        <RepairDiff weakness={weakness} repair={repair} />
      ) : (
        <p className="panel-empty repair-empty">
          Each is code that runs. Choose one to read what it changes in the vulnerable app, then play it: all steps{' '}
          {hasApp ? 'run again in an app with that repair' : 'as they were recorded in an app with that repair'}. Does
          the attack still work, and does everything else?
        </p>
      )}
    </div>
  );
}

const marks = {
  holds: { text: 'put right', Icon: IconCheck },
  weak: { text: 'still weak', Icon: IconX },
  other: { text: 'better, but not right', Icon: IconX },
} as const;

/** What a repair did when it was tried. The line is always there, so that nothing moves. */
function Mark({ outcome }: { outcome: Outcome | undefined }) {
  if (!outcome) return <span className="repair-mark">not tried yet</span>;
  const { text, Icon } = marks[outcome.is];
  return (
    <span className="repair-mark" data-is={outcome.is}>
      <Icon size={13} stroke={2.6} aria-hidden="true" /> {text}
    </span>
  );
}

const spoken = { weak: 'Vulnerable: ', usual: 'Repaired: ' };

/** What a repair changes. File names, line numbers and comments are left out, because they would tell which one is the fix. */
function RepairDiff({ weakness, repair }: { weakness: string; repair: RepairOutline }) {
  const parts = useMemo(() => repairedCode(weakness, repair.file), [weakness, repair.file]);
  return (
    <section aria-label={`Diff of “${repair.title}”`} className="repair-diff">
      <div className="diff-heads">
        <p data-side="weak">− Vulnerable</p>
        <p data-side="usual">+ {repair.title}</p>
      </div>
      {parts.map(({ part, weak, usual }) => (
        <div key={part} className="repair-part">
          <DiffLines weak={weak} usual={usual} spoken={spoken} />
        </div>
      ))}
    </section>
  );
}
