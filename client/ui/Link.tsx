import type { ComponentProps, MouseEvent } from 'react';
import { navigate } from './address.ts';

/** A link within the page: a plain click does not load the page again; any other click is the browser's. */
export function Link({ to, onClick, ...rest }: { to: string } & ComponentProps<'a'>) {
  const go = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(to);
  };
  return <a href={to} onClick={go} {...rest} />;
}
