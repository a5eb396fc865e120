import { createContext, use } from 'react';

/** Which side of a comparison this is part of; null where there is one only. */
export const SideContext = createContext<string | null>(null);

/** What a region is called: "Cookies"; and where there are two of them, "Cookies, vulnerable". */
export function useRegionName(name: string): string {
  const side = use(SideContext);
  return side === null ? name : `${name}, ${side}`;
}
