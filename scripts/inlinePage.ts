/** Makes a built page one file: scripts, style sheets and the icon stand in it. Pure. */

/** A file of a build. */
export interface BuiltFile {
  fileName: string;
  text: string;
}

/**
 * Returns the page with everything it loads in it.
 *
 * @param files the scripts and style sheets of the build
 * @param icon the text of icon.svg
 * @throws Error when the page would still load something
 */
export function inlinePage(page: string, files: readonly BuiltFile[], icon: string): string {
  const textOf = (address: string) => {
    const file = files.find(({ fileName }) => address.endsWith(`/${fileName}`));
    if (!file) throw new Error(`The page loads ${address}, which is not in its build.`);
    return file.text;
  };
  const inlined = page
    .replace(/<script\b[^>]*\bsrc="([^"]+)"[^>]*><\/script>/g, (_, src) => element('script type="module"', textOf(src)))
    .replace(/<link\b[^>]*\brel="stylesheet"[^>]*\bhref="([^"]+)"[^>]*>/g, (_, href) => element('style', textOf(href)))
    .replace(/href="[^"]*\/icon\.svg"/, () => `href="data:image/svg+xml,${encodeURIComponent(icon)}"`);
  return inlined;
}

/** In a script or a style sheet, `</` before its name would end it, and `<!--` would begin a comment. Both stand in strings only. */
function element(start: string, text: string): string {
  const name = start.split(' ')[0]!;
  const safe = text.replace(/<(?=\/(?:script|style)\b|!--)/gi, '\\x3C');
  return `<${start}>${safe}</${name}>`;
}
