import { useEffect } from 'react';

/** The title of the browser's tab: what is shown, then the name of the whole. */
export function usePageTitle(shown: string | null): void {
  useEffect(() => {
    document.title = shown ? `${shown} · Session Sandbox` : 'Session Sandbox';
  }, [shown]);
}
