import { expect, test } from 'vitest';
import { diagramWidths } from '../../../testing/labels.ts';
import { sharedTab } from '../../../testing/page/tab.ts';

const tab = sharedTab();

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

test.each([
  ['1024', 1024, 768],
  ['1280', 1280, 800],
  ['1440', 1440, 900],
  ['1920', 1920, 1080],
])(
  'no lifeline runs through a label in a window of %s pixels, where the diagram is as wide as other tests believe',
  async (name, width, height) => {
    for (const [search, where] of [
      ['?step=3', name],
      ['?variant=both&step=3', `${name}, both variants`],
    ]) {
      const lesson = await tab.visit(`/scenarios/session-fixation${search}`, { width, height });
      await lesson.isAt(3);
      const believed = diagramWidths.find(([window]) => window === where)![1];
      await expect
        .poll(() => lesson.page.evaluate(measured), { message: `${where}` })
        .toEqual({ crossed: [], labels: true, width: believed });
    }
  },
);
