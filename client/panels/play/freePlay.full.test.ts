import { beforeEach, describe, expect, test } from 'vitest';
import { type FreePlay, openFreePlay } from '../../../testing/page/freePlay.ts';
import type { ScenarioPage } from '../../../testing/page/scenarioPage.ts';
import { sharedTab } from '../../../testing/page/tab.ts';

const tab = sharedTab();

let play: FreePlay;
let lesson: ScenarioPage;

async function open(): Promise<void> {
  play = await openFreePlay(tab);
  ({ lesson } = play);
}

test('a request with a header that no page can set is refused with a sentence', async () => {
  await open();
  await play.field.headers().fill('Cookie: a=b');
  await lesson.button('Send').click();
  await expect(play.alert).toShow('No page can set Cookie');
});

test('Save as scenario says so when there are no manual actions', async () => {
  await open();
  await lesson.button('Save as scenario').click();
  await expect(play.alert).toShow('Nothing was done by hand');
});

describe('in the past', () => {
  beforeEach(async () => {
    await open();
    await lesson.goBackTo(2);
  });

  test('the page asks whether to fork, and then acts there', async () => {
    await lesson.changeCookieOf('Alice', 'Delete');
    await expect(lesson.dialog).toShow('delete __Host-sid in Alice’s browser');
    await lesson.button('Fork here').click();
    await expect(lesson.cookiesOf('Alice')).toShow('removed');
    await lesson.isAt(2);
  });

  test('a command in the console stays there when the learner does not fork; after a fork its reply is shown there', async () => {
    await lesson.button('Redis console').click();
    await play.enter('DBSIZE');
    await lesson.button('Cancel').click();
    await expect.poll(() => play.commandLine.inputValue()).toBe('DBSIZE');
    await play.enter('KEYS sess:*');
    await lesson.button('Fork here').click();
    await expect(play.replies).toShow(/^redis> KEYS sess:\*1\) "sandbox:[0-9a-f]+:sess:/);
    await lesson.isAt(2);
  });
});
