import { SegmentedControl, type SegmentedControlProps } from '@mantine/core';
import type { KeyboardEvent } from 'react';

/**
 * A choice that starts another run. So the arrow keys do not choose: right and left go to the player, up and down move the focus, and
 * Enter or Space chooses.
 */
export function Switch<Value extends string>(props: SegmentedControlProps<Value>) {
  return <SegmentedControl {...props} data-switch onKeyDownCapture={onKeyDown} />;
}

function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
  const { key, target, currentTarget } = event;
  if (!(target instanceof HTMLInputElement)) return;
  if (key === 'Enter') target.click();
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return;
  event.preventDefault();
  const inputs = [...currentTarget.querySelectorAll<HTMLInputElement>('input:enabled')];
  inputs[inputs.indexOf(target) + (key === 'ArrowDown' ? 1 : -1)]?.focus();
}
