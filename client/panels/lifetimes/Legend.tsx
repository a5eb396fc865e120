import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import './Legend.css';

/** What each sign of the lifetimes means, drawn as in them. */
export function Legend({ onClose }: { onClose: () => void }) {
  return (
    <section className="life-legend" aria-label="Legend of the lifetimes">
      <AllSigns />
      <Button variant="default" size="compact-xs" onClick={onClose}>
        Got it
      </Button>
    </section>
  );
}

/** All signs: they stand where the lifetimes will be drawn, until there are some. */
export const AllSigns = () => <SomeSigns of={entries.map(({ meaning }) => meaning)} />;

/** The legend of a drawing that has only some of the signs. */
export const SomeSigns = ({ of }: { of: readonly string[] }) => (
  <ul className="life-signs">
    {entries
      .filter(({ meaning }) => of.includes(meaning))
      .map((entry) => (
        <Sign key={entry.meaning} {...entry} />
      ))}
  </ul>
);

const Sign = ({ sign, meaning }: { sign: ReactNode; meaning: string }) => (
  <li>
    {sign}
    {meaning}
  </li>
);

const drawn = (drawing: ReactNode) => (
  <svg className="life-row" width={22} height={12} aria-hidden="true">
    {drawing}
  </svg>
);

const entries = [
  { sign: drawn(<rect className="bar" x={1} y={2} width={20} height={8} rx={3} />), meaning: 'cookie' },
  {
    sign: drawn(
      <>
        <path className="ttl" d="M1 2L11 6" />
        <path className="ttl" d="M11 6L21 10" />
      </>,
    ),
    meaning: 'time to live of a record, dashed where it lies ahead',
  },
  { sign: drawn(<circle className="refresh" cx={11} cy={6} r={2.5} />), meaning: 'renewed' },
  { sign: drawn(<line className="cliff" x1={11} x2={11} y1={1} y2={11} />), meaning: 'expires' },
  { sign: drawn(<path className="cut" d="M7.5 2.5l7 7m0 -7l-7 7" />), meaning: 'deleted' },
  { sign: drawn(<path className="limit" d="M11 0V12M8 0.5H14M8 11.5H14" />), meaning: 'absolute limit' },
  { sign: <span className="life-hatch" aria-hidden="true" />, meaning: 'time jump' },
  {
    sign: (
      <span className="life-shapes" aria-hidden="true">
        ● ◆
      </span>
    ),
    meaning: 'a shape and color for each session ID',
  },
  { sign: drawn(<path className="break" d="M6 11L9.5 1M11.5 11L15 1" />), meaning: 'the scale changes' },
  { sign: null, meaning: 'not to scale' },
];
