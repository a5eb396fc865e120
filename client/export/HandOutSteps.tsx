import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { chapterTitle } from '../player/catalogue.ts';
import { Prose } from '../ui/Prose.tsx';

/** Who takes part and what they do, with room for what one expects. */
export function HandOutSteps({ scenario }: { scenario: ScenarioOutline }) {
  const { chapter, title, question, actors, steps } = scenario;
  return (
    <>
      <header>
        <p className="hand-out-where">Session Sandbox · {chapterTitle(chapter)}</p>
        <h1>{title}</h1>
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
