import type { CSSProperties, KeyboardEvent, ReactNode } from 'react';
import './Followable.css';

interface Props {
  /** What a click on it follows, as scenarios/engine/followed.ts names it. */
  name: string;
  /** What that is, for a screen reader, with all that is written there: "key throttle:source:3f". */
  what: string;
  className?: string;
  style?: CSSProperties;
  /** Whether it stands in a button. Then it is none itself, and the key `f` follows it. */
  inButton?: boolean;
  children: ReactNode;
}

/** A name that a click follows. Not a button element, which could not break within a long name. */
export function Followable({ name, what, className = '', style, inButton = false, children }: Props) {
  const shared = { className: `followable ${className}`, style, 'data-chip': name, title: `Follow the ${what}` };
  if (inButton) return <span {...shared}>{children}</span>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    <span {...shared} role="button" tabIndex={0} aria-label={`Follow the ${what}`} onKeyDown={pressed}>
      {children}
    </span>
  );
}

/** What a key press on a button does. */
function pressed(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  event.preventDefault();
  event.stopPropagation();
  event.currentTarget.click();
}
