import type { ComponentProps, MouseEvent } from 'react';
import { goToPlace, here, hrefOf, navigate } from './address.ts';

/** A link to another address of the page. A plain click does not reload the page; the browser handles any other click. `onClick` can prevent it. */
export function Link({ to, onClick, ...rest }: { to: string } & ComponentProps<'a'>) {
  const go = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    event.preventDefault();
    navigate(to);
  };
  return <a href={hrefOf(to)} onClick={go} {...rest} />;
}

/** A link to the place on this page that has the id. */
export function PlaceLink({ id, ...rest }: { id: string } & ComponentProps<'a'>) {
  return <a href={hrefOf(`${here().pathname}#${id}`)} onClick={() => goToPlace(id)} {...rest} />;
}
