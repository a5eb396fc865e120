/** Patterns of key names, as scenarios name their subject with them. Pure. */

/** Whether a name starts with a pattern, in which `*` stands for one part between colons: `user:*:sessions`. */
export function startsWith(name: string, pattern: string): boolean {
  if (!pattern.includes('*')) return name.startsWith(pattern);
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^:]+')}`).test(name);
}

/** @param subject the patterns of what a scenario is about */
export const isAbout = (name: string, subject: readonly string[]): boolean =>
  subject.some((pattern) => startsWith(name, pattern));
