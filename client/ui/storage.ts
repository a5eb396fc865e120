/** The browser's storage, for what the page keeps from visit to visit. */

export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * Returns a storage that never throws. If the browser's storage is blocked or full, nothing is kept and the page goes on.
 *
 * @param open returns the storage; may throw, as `localStorage` does if cookies are blocked
 */
export function neverThrowing(open: () => TextStorage): TextStorage {
  const attempt = <Result>(use: (storage: TextStorage) => Result): Result | null => {
    try {
      return use(open());
    } catch {
      return null;
    }
  };
  return {
    getItem: (name) => attempt((storage) => storage.getItem(name)),
    setItem: (name, value) => void attempt((storage) => storage.setItem(name, value)),
    removeItem: (name) => void attempt((storage) => storage.removeItem(name)),
  };
}
