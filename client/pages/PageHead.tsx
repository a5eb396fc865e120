import type { ReactNode } from 'react';
import { SizeSwitch } from '../frame/SizeSwitch.tsx';
import { ThemeSwitch } from '../frame/ThemeSwitch.tsx';
import './PageHead.css';

/** The top of a page to read: its title, what it is, and the switches that hold for every page. */
export function PageHead({ title, children }: { title: string; children: ReactNode }) {
  return (
    <header className="page-head">
      <div className="page-head-line">
        <h1>{title}</h1>
        <div className="page-head-switches">
          <SizeSwitch />
          <ThemeSwitch />
        </div>
      </div>
      {children}
    </header>
  );
}
