import type { ReactNode } from 'react';
import { DisplaySwitches } from '../frame/DisplaySwitches.tsx';
import { standardsAddress, traceAddress, tutorialAddress } from '../ui/address.ts';
import { Link } from '../ui/Link.tsx';

/** The top of the first page: its name, the other pages, and the display switches. @param children another way on */
export function HomeBar({ children }: { children: ReactNode }) {
  return (
    <header className="home-bar">
      <span className="home-name">Session Sandbox</span>
      <nav aria-label="Pages" className="home-pages">
        {/* First: it may come later, and the others stay where they are. */}
        {children}
        <Link to={tutorialAddress}>The tutorial says</Link>
        <Link to={standardsAddress}>Standards</Link>
        <Link to={traceAddress}>Open a trace</Link>
      </nav>
      <div className="home-switches">
        <DisplaySwitches />
      </div>
    </header>
  );
}
