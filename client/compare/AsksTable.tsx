import { useEffect, useRef } from 'react';
import { answerText } from '../panels/steps/answers.ts';
import { scrollWithin } from '../ui/scrollWithin.ts';
import './AsksTable.css';
import type { BothAsk } from './bothAsks.ts';

interface Props {
  asks: readonly BothAsk[];
  /** The step being looked at. */
  current: number | null;
}

/** Pixels at the top that the names of the columns cover. */
const headHeight = 27;

/** Every question of the scenario with what each of the two apps answered, as far as it was asked. */
export function AsksTable({ asks, current }: Props) {
  const panel = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another step is looked at
  useEffect(() => {
    const row = panel.current?.querySelector<HTMLElement>('[aria-current]');
    if (panel.current && row) scrollWithin(panel.current, row, headHeight);
  }, [current]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach that
    <section className="asks" ref={panel} tabIndex={0} aria-label="Questions and answers">
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
