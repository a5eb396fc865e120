import { describe, expect, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { readAgenda, WrongAgenda } from './agenda.ts';

const read = (text: string) => readAgenda(text, 'tuesday.md', scenarios);
function mistakesIn(text: string): readonly string[] {
  try {
    read(text);
    return [];
  } catch (error) {
    if (error instanceof WrongAgenda) return error.mistakes;
    throw error;
  }
}

test('an agenda has a title, and scenarios with notes and steps', () => {
  const text = `# Tuesday

For readers of the file.

## first-login (8 min, protected)

Say *hello*.

- once

#### A heading of the notes

### Step 2 (2.5 min)

Ask who has seen a cookie.

\`\`\`md
## not a scenario
\`\`\`

## session-fixation
`;
  expect(read(text)).toEqual({
    title: 'Tuesday',
    source: 'tuesday.md',
    scenarios: [
      {
        slug: 'first-login',
        variant: 'protected',
        minutes: 8,
        notes: 'Say *hello*.\n\n- once\n\n#### A heading of the notes',
        steps: [{ step: 1, minutes: 2.5, notes: 'Ask who has seen a cookie.\n\n```md\n## not a scenario\n```' }],
      },
      { slug: 'session-fixation', variant: 'both', minutes: null, notes: '', steps: [] },
    ],
  });
});

test('Windows line ends, underlined headings and a file without a last line end', () => {
  const text = 'Tuesday\r\n=======\r\n\r\nsession-fixation (both, 8 minutes)\r\n------\r\n\r\nOne\r\ntwo';
  expect(read(text).scenarios).toEqual([
    { slug: 'session-fixation', variant: 'both', minutes: 8, notes: 'One\r\ntwo', steps: [] },
  ]);
});

test('steps may take all the minutes of their scenario, in tenths too', () => {
  const text = '# Tuesday\n## session-fixation (0.3 min)\n### Step 1 (0.1 min)\n### Step 2 (0.2 min)';
  expect(read(text).scenarios[0]?.minutes).toBe(0.3);
});

describe('a mistake is a sentence with its line:', () => {
  const below = (heading: string) => `# Tuesday\n\n## session-fixation\n\n${heading}\n`;
  test.each([
    ['', ['Line 1: It has no title. Write one as "# Session security".']],
    ['# Tuesday', ['Line 1: No scenario is in it. Write one as "## session-fixation (10 min, both)".']],
    [
      '# Tuesday\n## session-fixaton',
      ['Line 2: There is no scenario "session-fixaton". Did you mean session-fixation?'],
    ],
    [
      '# Tuesday\n## Session Fixation',
      ['Line 2: There is no scenario "Session Fixation". Did you mean session-fixation?'],
    ],
    ['# Tuesday\n## lunch', ['Line 2: There is no scenario "lunch".']],
    [below('### Step 6'), ['Line 5: session-fixation has the steps 1 to 5, and no step 6.']],
    [below('### Step 0'), ['Line 5: session-fixation has the steps 1 to 5, and no step 0.']],
    [below('### Step 2\n### Step 2'), ['Line 6: Step 2 is here twice.']],
    [below('### Alice logs in'), ['Line 5: "Alice logs in" is not a step. Write it as "### Step 3 (2 min)".']],
    [
      '# Tuesday\n## session-fixation (3 min)\n### Step 1 (2 min)\n### Step 2 (1.5 min)',
      ['Line 2: The steps of session-fixation take 3.5 min together, and the scenario has 3 min.'],
    ],
    [below('### Step 2 (two min)'), ['Line 5: "two min" is not a number of minutes. Write "8 min".']],
    [below('### Step 2 (0 min)'), ['Line 5: "0 min" is not a number of minutes. Write "8 min".']],
    [
      below('## first-login (8, both)'),
      ['Line 5: "8" is not a number of minutes, nor one of vulnerable, protected, both. Write "8 min".'],
    ],
    [
      below('# Wednesday'),
      ['Line 5: "Wednesday" is a second title. Write a scenario as "## session-fixation (10 min, both)".'],
    ],
    ['# Tuesday\n### Step 1\n## first-login', ['Line 2: This step is above every scenario.']],
  ])('%j', (text, expected) => expect(mistakesIn(text)).toEqual(expected));

  test('all of them at once, and no more about what is below a scenario that does not exist', () => {
    expect(mistakesIn('# Tuesday\n## lunch (x min)\n### Step 99\n## session-fixation\n### Step 9')).toHaveLength(3);
  });
});
