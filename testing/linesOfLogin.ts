/** For tests: the lines of the app to which the login of session-fixation is attributed. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { CodePlace, Trace, Variant } from '../scenarios/engine/trace.ts';

const root = new URL('../', import.meta.url);
/** The text of the line. */
const lineAt = ({ file, line }: CodePlace) => readFileSync(new URL(file, root), 'utf8').split('\n')[line - 1]!.trim();
/** Returns the file and the text of the line. */
export const named = (place: CodePlace | undefined) => place && `${place.file}: ${lineAt(place)}`;

/** Returns the commands of the first login, each with the line that issued it, and the line that sent the response. */
export function login({ events }: Pick<Trace, 'events'>) {
  const { id } = events.find((event) => event.type === 'request' && event.url.endsWith('/auth/login')) as {
    id: number;
  };
  const commands = events.flatMap((event) => (event.type === 'command' && event.request === id ? [event] : []));
  const response = events.find((event) => event.type === 'response' && event.request === id);
  return {
    commands: commands.map(({ name, args, code }) => `${name} ${args[0]?.split(':')[2]} ${named(code)}`),
    answered: named(response?.type === 'response' ? response.code : undefined),
  };
}

/** The line that saves the session of a login. */
export const saves: Record<Variant, string> = {
  vulnerable: 'server/weaknesses/login-keeps-session-id.ts: await save(req);',
  protected: 'server/app/auth/login.ts: await save(req);',
};
const answers =
  'server/app/auth/login.ts: res.json({ id: user.id, email: user.email, csrfToken: parts.csrfTokenFor(context, req) });';
const reads = 'server/app/app.ts: app.use(session({ ...parts.sessionOptions(services), store }));';

/** Expects that each command of the login, and its response, is attributed to the line that caused it. */
export function expectTheLinesOf(variant: Variant, trace: Pick<Trace, 'events'>): void {
  const { commands, answered } = login(trace);
  expect(answered).toBe(answers);
  expect(commands).toContain(`set sess ${saves[variant]}`);
  // When the response ends, express-session stores the changed session or renews its time to live.
  expect(commands.at(-1)).toMatch(/^(set|expire) sess /);
  expect(commands.at(-1)).toContain(answers);
  expect(commands[0]).toBe(`get sess ${reads}`);
  for (const command of commands) expect(command).toMatch(/server\/(app|weaknesses)\//);
}
