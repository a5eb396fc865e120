import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState } from 'react';
import type { View } from '../../scenarios/engine/read.ts';
import { answerText } from '../panels/steps/answers.ts';

/** Every question of the scenario with what each of the two apps answered, as far as it was asked. */
export function AsksTable({ view, other }: { view: View; other: View }) {
  const [open, setOpen] = useState(true);
  const asks = view.steps.flatMap(({ index, outline, ask }) =>
    outline.ask
      ? [{ index, question: outline.ask.question, vulnerable: ask, protected: other.steps[index]?.ask ?? null }]
      : [],
  );
  const answered = asks.filter((ask) => ask.vulnerable && ask.protected);
  const differing = answered.filter((ask) => ask.vulnerable!.actual !== ask.protected!.actual);
  return (
    <div className="asks" data-open={open || undefined}>
      <div className="asks-head">
        <h2>Questions</h2>
        <span className="mute number">
          {answered.length} of {asks.length} answered, {differing.length} differently
        </span>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={open ? 'Hide the questions' : 'Show the questions'}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? <IconChevronDown size={16} stroke={1.7} /> : <IconChevronUp size={16} stroke={1.7} />}
        </ActionIcon>
      </div>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach that
        <section className="asks-scroller" tabIndex={0} aria-label="Questions and answers">
          <table>
            <thead>
              <tr>
                <th scope="col">Step</th>
                <th scope="col">Question</th>
                <th scope="col">Vulnerable</th>
                <th scope="col">
                  <span className="spoken">Same or not</span>
                </th>
                <th scope="col">Protected</th>
              </tr>
            </thead>
            <tbody>
              {asks.map(({ index, question, vulnerable, protected: fixed }) => (
                <tr key={index} aria-current={index === view.step || undefined}>
                  <td className="number">{index + 1}</td>
                  <th scope="row">{question}</th>
                  <td className="mono">{vulnerable ? answerText(vulnerable.actual) : ''}</td>
                  <td className="asks-sign">{signOf(vulnerable?.actual, fixed?.actual)}</td>
                  <td className="mono">{fixed ? answerText(fixed.actual) : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}

function signOf(one: unknown, other: unknown) {
  if (one === undefined || other === undefined) return null;
  return one === other ? (
    <span title="The same answer">=</span>
  ) : (
    <span className="difference-sign" title="Different answers">
      ≠
    </span>
  );
}
