import type { View } from '../../scenarios/engine/read.ts';

/**
 * Returns the view of the first side for what both sides share, such as the number of the step: there a step is running until
 * both sides have played it. Pure.
 *
 * @param busy whether one of them is still playing
 */
export function lockstepView(first: View, second: View, busy: boolean): View {
  const apart = second.running || (busy && second.step !== first.step);
  if (first.running || !apart) return first;
  const steps = first.steps.map((step) =>
    step.index === first.step && step.state === 'played' ? { ...step, state: 'running' as const } : step,
  );
  return { ...first, running: true, steps };
}
