import { describe, expect, test } from 'vitest';
import { act, json, key, open, prepareSaving, request, save, which } from '../../../../testing/savedScenarios.ts';

// That a saved file holds when the command line plays it: saveScenario.full.test.ts. In the same process: hostileText.test.ts.

prepareSaving();

const basic = (password: string) => `Basic ${Buffer.from(`a:${password}`).toString('base64')}`;

describe('a saved scenario', () => {
  test('contains only the public passwords', async () => {
    await open(3);
    const login = (password: string) =>
      request('mallory', {
        method: 'POST',
        url: '/auth/login',
        headers: json,
        body: JSON.stringify({ email: 'mallory@shop.example', password }),
      });
    await act(request('mallory'));
    await act(login('what I type everywhere'));
    await act(login('crow-bar-13'));
    await act(
      request('alice', {
        url: '/x?password=typed+in+an+address',
        headers: [['Authorization', basic('typed in a header')]],
      }),
    );
    await act({ do: 'redis', line: 'SET note "what I type everywhere" EX 60' });
    await act({ do: 'edit-cookie', actor: 'mallory', ...which, value: 'typed%20in%20an%20address' });
    const { text } = await save();
    expect(text).not.toMatch(/type everywhere|an.{1,3}address|a.header/);
    expect(text).not.toContain(basic('typed in a header'));
    expect(text).toContain("password: 'made-up-password-1'");
    expect(text).toContain("password: 'crow-bar-13'");
    expect(text).not.toContain('•');
  });

  test('is refused when manual actions remove the difference between the answers of the original steps', async () => {
    const sandbox = await open(2);
    await act({ do: 'delete-cookie', actor: 'alice', ...which });
    await sandbox.playTo(4);
    await act(request('alice', { method: 'POST', url: '/basket', headers: json, body: '{"item":"hat"}' }));
    await act(request('alice'));
    // Without the planted cookie, both apps make a new session ID at login.
    await expect(save()).rejects.toThrow('answer alike all along');
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ['there is no manual action', async () => {}, 'Nothing was done by hand'],
    ['both apps answer alike', () => act(request('alice', { url: '/stock' })), 'answer alike all along'],
  ])('is refused when %s', async (_, meanwhile, why) => {
    await open(1);
    await meanwhile();
    await expect(save()).rejects.toThrow(why);
  });

  test('is refused when a key cannot be found again', async () => {
    await open(3);
    await act({ do: 'redis', line: 'SET basket:00000000-0000-4000-8000-000000000000 x EX 60' });
    await act({ do: 'delete-key', key: key('basket:') });
    await expect(save()).rejects.toThrow('has a random name');
  });
});
