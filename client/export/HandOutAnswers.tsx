import type { Answer, ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { answerText } from '../panels/steps/answers.ts';
import { Prose } from '../ui/Prose.tsx';

/** On a page of its own, so that it can be handed out later: the answers, what to remember and what mends it. */
export function HandOutAnswers({ scenario }: { scenario: ScenarioOutline }) {
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
                  <AnswerCell answer={ask.vulnerable} />
                  <AnswerCell answer={ask.protected} />
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

const AnswerCell = ({ answer }: { answer: Answer }) => <td>{answerText(answer)}</td>;
