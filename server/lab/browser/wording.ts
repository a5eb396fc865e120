import type { CookieState } from './cookieState.ts';

/** "exactly shop.example", or "shop.example and its subdomains". */
export function whereItGoes({ domain, hostOnly }: Pick<CookieState, 'domain' | 'hostOnly'>): string {
  return hostOnly ? `exactly ${domain}` : `${domain} and its subdomains`;
}

/** Milliseconds as a person says them: "90 s", "30 min", "24 h", "14 days". */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
