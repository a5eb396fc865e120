import type { Recorded } from '../../scenarios/engine/recording.ts';

/** What installs and starts the sandbox, in a copy of the project. */
export const installCommand = 'npm ci && npm start';

/** Returns "29 November 2026". */
export const recordedOn = ({ at }: Recorded) => new Date(at).toLocaleDateString('en-GB', { dateStyle: 'long' });
