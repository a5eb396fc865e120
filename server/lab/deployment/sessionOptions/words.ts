import type { RestartChange } from '../../../../scenarios/engine/cast.ts';

/** What the app is started with that it did not have before, in words, for the trace; '' for nothing. */
export function whatIsDifferent({ secrets, session }: RestartChange): string {
  const options = Object.entries(session ?? {}).map(([name, value]) => `${name} ${value ?? 'left out'}`);
  return [
    ...(secrets ? [`it signs with its ${secrets[0]} secret and accepts ${secrets.join(' and ')}`] : []),
    ...(options.length > 0 ? [`session options ${options.join(', ')}`] : []),
  ].join('; ');
}
