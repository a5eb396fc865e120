import type { ReactNode } from 'react';
import type { Header } from '../../../scenarios/engine/trace.ts';
import { useRegionName } from '../../ui/useRegionName.ts';
import { WithSids } from '../../ui/WithSids.tsx';

/** One message as it went over the wire, to be scrolled and copied. */
export function Wire({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach that
    <section className="wire mono" aria-label={useRegionName(label)} tabIndex={0}>
      {children}
    </section>
  );
}

interface HeaderProps {
  header: Header;
  sids: readonly string[];
  /** Who added it on the way, if anybody. */
  by?: string;
}

export function HeaderLine({ header: [name, value], sids, by }: HeaderProps) {
  return (
    <div className="wire-line" data-cookie={/cookie$/i.test(name) || undefined}>
      <span className="wire-name">{name}:</span> <WithSids text={value} sids={sids} />
      {by && <span className="wire-note"> {by}</span>}
    </div>
  );
}
