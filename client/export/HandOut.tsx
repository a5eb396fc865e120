import { useWindowEvent } from '@mantine/hooks';
import { useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import { create } from 'zustand';
import { answerText } from '../../scenarios/engine/eventText.ts';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { chapterTitle } from '../player/catalogue.ts';
import { Prose } from '../ui/Prose.tsx';
import './HandOut.css';

/** The scenarios that are to be printed in place of the one that the page shows; null: that one. */
const useSelection = create<{ scenarios: readonly ScenarioOutline[] | null }>(() => ({ scenarios: null }));

/** Prints these scenarios on paper, one after the other. The page must have `HandOuts`. */
export function printHandOuts(scenarios: readonly ScenarioOutline[]): void {
  useSelection.setState({ scenarios });
  window.print();
}

/** The scenario on paper, for a workshop. It is printed in place of the page. */
export function HandOut({ scenario }: { scenario: ScenarioOutline }) {
  const printing = usePrinting();
  const selected = useSelection(({ scenarios }) => scenarios !== null);
  return printing && !selected ? <Paper scenarios={[scenario]} /> : null;
}

/** What `printHandOuts` prints. */
export function HandOuts() {
  const printing = usePrinting();
  const scenarios = useSelection((selection) => selection.scenarios);
  useWindowEvent('afterprint', () => useSelection.setState({ scenarios: null }));
  return printing && scenarios ? <Paper scenarios={scenarios} /> : null;
}

/** Returns whether the page is about to be printed. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  // Drawn at once: whatever is drawn after this event is not on the paper.
  useWindowEvent('beforeprint', () => flushSync(() => setPrinting(true)));
  useWindowEvent('afterprint', () => setPrinting(false));
  return printing;
}

function Paper({ scenarios }: { scenarios: readonly ScenarioOutline[] }) {
  return createPortal(
    scenarios.map((scenario) => (
      <article className="hand-out" key={scenario.slug}>
        <StepsToPredict scenario={scenario} />
        <Answers scenario={scenario} />
      </article>
    )),
    document.body,
  );
}

/** The actors and the steps, with room to write down predictions. */
function StepsToPredict({ scenario }: { scenario: ScenarioOutline }) {
  const { chapter, title, subtitle, question, actors, steps } = scenario;
  return (
    <>
      <header>
        <p className="hand-out-where">Session Sandbox · {chapterTitle(chapter)}</p>
        <h1>{title}</h1>
        {subtitle && <p className="hand-out-subtitle">{subtitle}</p>}
        <p className="hand-out-question">{question}</p>
        <p className="hand-out-who">
          {actors.map(({ label, role }) => (label.toLowerCase() === role ? label : `${label} (${role})`)).join(' · ')}
        </p>
      </header>
      <ol>
        {steps.map(({ title, purpose, narration, ask }) => (
          <li key={title}>
            <h2>{title}</h2>
            <p className="hand-out-purpose">{purpose}</p>
            <p>
              <Prose text={narration} />
            </p>
            {ask && (
              <div className="hand-out-ask">
                <p>
                  <Prose text={ask.question} />
                </p>
                <div className="hand-out-rooms">
                  <p>Vulnerable</p>
                  <p>Protected</p>
                </div>
              </div>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

/** The answers, the lesson and the fix, on a page of their own that can be handed out later. */
function Answers({ scenario }: { scenario: ScenarioOutline }) {
  const { title, steps, lesson, fix, notTheFix, references } = scenario;
  return (
    <section className="hand-out-answers">
      <h1>{title}: answers</h1>
      <table>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Question</th>
            <th scope="col">Vulnerable</th>
            <th scope="col">Protected</th>
          </tr>
        </thead>
        <tbody>
          {steps.map(
            ({ title, ask }, index) =>
              ask && (
                <tr key={title}>
                  <td>{index + 1}</td>
                  <td>
                    <Prose text={ask.question} />
                  </td>
                  <td>{answerText(ask.vulnerable)}</td>
                  <td>{answerText(ask.protected)}</td>
                </tr>
              ),
          )}
        </tbody>
      </table>
      <h2>What to remember</h2>
      <p>
        <Prose text={lesson} />
      </p>
      {fix !== null && (
        <>
          <h2>The fix</h2>
          <pre>{fix}</pre>
        </>
      )}
      {notTheFix.length > 0 && (
        <>
          <h2>What does not help</h2>
          <ul>
            {notTheFix.map((belief) => (
              <li key={belief}>
                <Prose text={belief} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="hand-out-references">{references.join(' · ')}</p>
    </section>
  );
}
