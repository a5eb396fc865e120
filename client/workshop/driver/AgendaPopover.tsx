import { Button, FileButton, Popover } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import type { Agenda } from '../../../scenarios/engine/workshop.ts';
import { Link } from '../../ui/Link.tsx';
import { lazily, useLazy } from '../../ui/lazily.ts';
import { useRoom, useRoomPlace } from '../connection/useRoom.tsx';
import { addressIn } from './agendaWay.ts';
import { useAgenda } from './useAgenda.tsx';

/** The agenda: what comes in which order, and the notes of the present step, for the driver only. */
export function AgendaPopover() {
  const { found, problem, titles, load, choose } = useAgenda();
  return (
    <Popover position="bottom-end" trapFocus returnFocus onOpen={load}>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconListDetails size={15} stroke={1.8} />}
        >
          Agenda
        </Button>
      </Popover.Target>
      {/* Its notes are read while steps are played: keys have their meaning on the page. */}
      <Popover.Dropdown data-keys="page">
        {/* Otherwise the focus would be on the first button, which is the last one until the agendas are loaded. */}
        <div className="driver-popover" tabIndex={-1} data-autofocus>
          {found?.chosen ? (
            <Chosen agenda={found.chosen} titles={titles} />
          ) : (
            <>
              <h2>Agenda</h2>
              <p className="driver-popover-empty agenda-none">
                Choose one that comes with the sandbox, or a Markdown file of yours.
              </p>
            </>
          )}
          {problem && (
            <p className="driver-problem" role="alert">
              {problem}
            </p>
          )}
          <div className="driver-row agenda-choices">
            {found?.offered.map(({ name, title }) => (
              <Button key={name} size="compact-sm" variant="default" onClick={() => choose({ name })}>
                {title}
              </Button>
            ))}
            <FileButton
              accept=".md,.markdown,text/markdown"
              onChange={(file) => file && void file.text().then((text) => choose({ file: file.name, text }))}
            >
              {(props) => (
                <Button size="compact-sm" variant="default" {...props}>
                  A file…
                </Button>
              )}
            </FileButton>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

interface ChosenProps {
  agenda: Agenda;
  titles: ReadonlyMap<string, string>;
}

function Chosen({ agenda: { title, source, scenarios }, titles }: ChosenProps) {
  const place = useRoomPlace();
  const store = useRoom(({ room }) => room?.shown?.store ?? 'mock');
  const current = scenarios.find(({ slug }) => slug === place?.slug);
  // The notes of a step are for before it is played.
  const step = current?.steps.find((one) => one.step === place?.step);
  return (
    <>
      <h2 title={source}>{title}</h2>
      <ol className="agenda-list">
        {scenarios.map(({ slug, variant, minutes }) => (
          <li key={slug}>
            <Link to={addressIn({ slug, variant }, store)} aria-current={slug === place?.slug || undefined}>
              <span>{titles.get(slug) ?? slug}</span>
              {minutes !== null && <span className="mute number">{minutes} min</span>}
            </Link>
          </li>
        ))}
      </ol>
      {step && step.notes !== '' && (
        <>
          <h2>The coming step {step.minutes !== null && <span className="mute number">{step.minutes} min</span>}</h2>
          <LoadedNotes text={step.notes} />
        </>
      )}
      {current && current.notes !== '' && (
        <>
          {step && step.notes !== '' && <h2>The scenario</h2>}
          <LoadedNotes text={current.notes} />
        </>
      )}
    </>
  );
}

// Participants need no Markdown: they get it neither with the page of the room nor later.
const lazyNotes = lazily(() => import('./Notes.tsx'));

/** The notes; until their reader is loaded, or where it cannot be, as they were written. */
function LoadedNotes({ text }: { text: string }) {
  const { part } = useLazy(lazyNotes);
  return part ? <part.Notes text={text} /> : <div className="agenda-notes agenda-notes-written">{text}</div>;
}
