/** A line of the app, as the trace names it. This file is in the first load of the page, so it does not use the parser. */
import type { CodePlace } from '../../../scenarios/engine/trace.ts';

export const samePlace = (one: CodePlace | null, other: CodePlace) =>
  one !== null && one.file === other.file && one.line === other.line;

/** Returns a short name such as `auth/login.ts:56`. */
export const placeName = ({ file, line }: CodePlace) => `${shortFile(file)}:${line}`;

/** Returns `auth/login.ts` for a file of the app, and `weaknesses/….ts` for a weakness. */
export const shortFile = (file: string) => file.replace(/^server\/(app\/)?/, '');

/** Whether a file replaces a part of the app: a weakness or a repair. */
export const isOfWeakness = ({ file }: Pick<CodePlace, 'file'>) => file.includes('/weaknesses/');
