/** Where the browser keeps the roles that a page has in a workshop. */
import { neverThrowing, type TextStorage } from './storage.ts';

/** A participant's for this browser, so that a closed tab or a phone that slept comes back as the same person; any other for this tab. */
export const roleStorage = (role: string): TextStorage =>
  neverThrowing(() => (role === 'participant' ? localStorage : sessionStorage));

/** The key of a role in the browser's storage. */
export const roleKey = (role: string) => `session-sandbox.room.${role}`;

/** Whether this page has a role with which the ordinary pages are used. */
export const hasRole = () =>
  ['driver', 'participant'].some((role) => roleStorage(role).getItem(roleKey(role)) !== null);
