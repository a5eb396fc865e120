import type { ReactNode } from 'react';
import { DisplaySwitches } from '../frame/DisplaySwitches.tsx';
import './PageHead.css';

/** The top of a page without panels: its title, its introduction and the display switches. */
export function PageHead({ title, children }: { title: string; children: ReactNode }) {
  return (
    <header className="page-head">
      <div className="page-head-line">
        <h1>{title}</h1>
        <div className="page-head-switches">
          <DisplaySwitches />
        </div>
      </div>
      {children}
    </header>
  );
}
