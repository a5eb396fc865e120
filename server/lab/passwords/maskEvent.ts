/** Masks passwords in the events of a trace: traces are shown on projectors and kept in files. */
import type { ManualAction } from '../../../scenarios/engine/actions.ts';
import { passwordMask } from '../../../scenarios/engine/passwordFields.ts';
import { formatFields, rewriteTexts } from '../../../scenarios/engine/rewriteTexts.ts';
import type { Header, TraceEvent, TraceHeader } from '../../../scenarios/engine/trace.ts';
import { addressPasswords, bodyPasswords, headerPasswords } from './fields.ts';
import { passwordsOf, type Replace, replaceSpans, type Span } from './spans.ts';
import { createTypedPasswords, type TypedPasswords } from './typedPasswords.ts';

type Find = (text: string) => Span[];

/** Replaces what `find` finds in a text. */
type Rewrite = (text: string, find: Find) => string;

const nothing: Find = () => [];

/** Rewrites what was sent, each text as what it is. */
function rewriteSent<Sent extends { url: string; headers: readonly Header[]; body: string | null }>(
  sent: Sent,
  rewrite: Rewrite,
): Sent {
  return {
    ...sent,
    url: rewrite(sent.url, addressPasswords),
    headers: sent.headers.map(([name, value]) => [name, rewrite(value, (text) => headerPasswords(name, text))]),
    body: sent.body === null ? null : rewrite(sent.body, bodyPasswords),
  };
}

/** Rewrites what a learner typed. */
export function rewriteAction(action: ManualAction, rewrite: Rewrite): ManualAction {
  switch (action.do) {
    case 'request':
      return rewriteSent(action, rewrite);
    case 'set-key':
      return { ...action, key: rewrite(action.key, nothing), value: rewrite(action.value, bodyPasswords) };
    case 'redis':
      return { ...action, line: rewrite(action.line, bodyPasswords) };
    case 'edit-cookie':
      return { ...action, value: rewrite(action.value, nothing) };
    case 'delete-key':
    case 'expire-key':
      return { ...action, key: rewrite(action.key, nothing) };
    default:
      return action;
  }
}

/** Learns the passwords in an action. */
export function learnFrom(action: ManualAction, typed: TypedPasswords): void {
  rewriteAction(action, (text, find) => {
    for (const password of passwordsOf(find(text))) typed.learn(password);
    return text;
  });
}

/** Returns a function that replaces passwords by their fields, and those that were typed before wherever they appear. */
export const replacing =
  (typed: TypedPasswords, replace: Replace): Rewrite =>
  (text, find) =>
    replaceSpans(text, [...find(text), ...typed.find(text)], replace);

const kept = new Set<string>([...formatFields, 'do', 'is', 'op', 'code', 'process']);

/** Returns a function that masks the passwords in an event. It remembers those that it sees in requests. */
export function createPasswordMask(header: TraceHeader): (event: TraceEvent) => TraceEvent {
  const known = JSON.stringify(header);
  const typed = createTypedPasswords((text) => known.includes(text));
  const rewrite = replacing(typed, () => passwordMask);
  const learning: Rewrite = (text, find) => {
    for (const password of passwordsOf(find(text))) typed.learn(password);
    return rewrite(text, find);
  };

  return function maskEvent(event) {
    const masked =
      event.type === 'request'
        ? rewriteSent(event, learning)
        : event.type === 'manual-action'
          ? { ...event, action: rewriteAction(event.action, learning) }
          : event;
    return typed.size === 0 ? masked : rewriteTexts(masked, (text) => rewrite(text, nothing), kept);
  };
}
