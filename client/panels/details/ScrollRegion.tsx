import type { ComponentProps } from 'react';
import { useRegionName } from '../../ui/panel.ts';

/** A named region that scrolls. It can be focused, so that the keyboard can scroll it. */
export function ScrollRegion({ name, ...rest }: { name: string } & ComponentProps<'section'>) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
  return <section aria-label={useRegionName(name)} tabIndex={0} {...rest} />;
}
