/** Clear-Site-Data (W3C): a response that tells the browser what to forget. */

/** Returns what a Clear-Site-Data header names. A browser ignores what it does not know (section 4.1). */
export function parseClearSiteData(header: string): { cookies: boolean; cache: boolean } {
  const types = header.split(/[,\n]/).map((type) => type.trim());
  const names = (type: string) => types.includes(type) || types.includes('"*"');
  return { cookies: names('"cookies"'), cache: names('"cache"') };
}
