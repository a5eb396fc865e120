/** For tests: the labels of the diagram and its lifelines, as the browser draws them. */
import { expect } from 'vitest';
import { diagramWidths } from '../labels.ts';
import type { Tab } from './tab.ts';

/** Labels that a lifeline runs through, as the browser draws them, and the inner width of the diagram in px before its zoom. */
const measured = () => {
  const diagram = document.querySelector('.diagram-scroller')!;
  const lifelines = [...diagram.querySelectorAll('.lifelines line')].map((line) => line.getBoundingClientRect().left);
  const labels = [...diagram.querySelectorAll('.diagram-row:not([data-kind="band"]) .diagram-label')];
  const crossed = labels.flatMap((label) => {
    const { left } = label.getBoundingClientRect();
    const right = Math.max(...[...label.children].map((part) => part.getBoundingClientRect().right));
    return lifelines.some((x) => x > left && x < right) ? [label.textContent] : [];
  });
  const zoom = Number(getComputedStyle(diagram).getPropertyValue('--zoom')) || 1;
  return { crossed, labels: labels.length > 0, width: Math.floor(diagram.clientWidth / zoom) };
};

/**
 * Shows a step of one variant and of both in a window of that size. Expects that no lifeline runs through a label, and that the diagram is
 * as wide as the tests without a browser believe.
 */
export async function expectClearLabels({ visit }: Pick<Tab, 'visit'>, width: number, height: number): Promise<void> {
  for (const [search, where] of [
    ['?step=3', `${width}`],
    ['?variant=both&step=3', `${width}, both variants`],
  ]) {
    const lesson = await visit(`/scenarios/session-fixation${search}`, { width, height });
    await lesson.isAt(3);
    const believed = diagramWidths.find(([window]) => window === where)![1];
    await expect
      .poll(() => lesson.page.evaluate(measured), { message: `${where}` })
      .toEqual({ crossed: [], labels: true, width: believed });
  }
}
