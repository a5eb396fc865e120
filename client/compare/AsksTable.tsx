import { useEffect, useRef } from 'react';
import { answerText } from '../../scenarios/engine/eventText.ts';
import type { StepView } from '../../scenarios/engine/read.ts';
import { scrollWithin } from '../ui/panel.ts';
import './AsksTable.css';

interface ComparedAsk {
  /** The index of its step. */
  index: number;
  question: string;
  /** The answer of each app; null until it is known. */
  vulnerable: StepView['ask'];
  protected: StepView['ask'];
}

interface Props {
  asks: readonly ComparedAsk[];
  /** The index of the current step. */
  current: number | null;
}

/** Pixels at the top that the head of the table covers. */
const headHeight = 27;

/** Every question of the scenario with the answers of both apps so far. */
export function AsksTable({ asks, current }: Props) {
  const panel = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another step becomes the current one
  useEffect(() => {
    const row = panel.current?.querySelector<HTMLElement>('[aria-current]');
    if (panel.current && row) return scrollWithin(panel.current, row, headHeight);
  }, [current]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must be able to reach it
    <section className="asks" ref={panel} tabIndex={0} aria-label="Questions and answers">
      <table>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Question</th>
            <th scope="col">Vulnerable</th>
            <th scope="col">
              <span className="spoken">Same answer or not</span>
            </th>
            <th scope="col">Protected</th>
          </tr>
        </thead>
        <tbody>
          {asks.map(({ index, question, vulnerable, protected: fixed }) => (
            <tr key={index} aria-current={index === current || undefined}>
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
