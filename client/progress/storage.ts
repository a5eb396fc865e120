/** The browser's storage, for things one can do without. */
import type { StateStorage } from 'zustand/middleware';

/**
 * A storage that never throws: blocked by the browser's settings, full, or not there at all, it keeps nothing and the page goes on.
 *
 * @param open gives the browser's storage; may throw, as `localStorage` does where cookies are blocked
 */
export function harmless(open: () => StateStorage): StateStorage {
  const attempt = <Result>(use: (storage: StateStorage) => Result): Result | null => {
    try {
      return use(open());
    } catch {
      return null;
    }
  };
  return {
    getItem: (name) => attempt((storage) => storage.getItem(name)),
    setItem: (name, value) => attempt((storage) => storage.setItem(name, value)),
    removeItem: (name) => attempt((storage) => storage.removeItem(name)),
  };
}
