/** The page without a server as a single file: a template, into which `withRecordings` of scenarios/engine/recording.ts puts traces. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dataPlace } from '../../scenarios/engine/recording.ts';
import { type Bundle, documentWith } from './bundle.ts';

const icon = readFileSync(fileURLToPath(new URL('../../client/public/icon.svg', import.meta.url)), 'utf8');

/** Returns the page as one HTML document that loads nothing. */
export function reportTemplate({ script, styles, assets }: Bundle): string {
  return documentWith({
    icon: `<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(icon)}" />\n    <style>${withFonts(styles, assets)}</style>`,
    scripts: `${dataPlace}\n    <script>${endsNowhere(script)}</script>`,
  });
}

/** Puts the Latin fonts into a style sheet, and leaves out the others: the page is in English, and other letters have a system font. */
function withFonts(styles: string, assets: Bundle['assets']): string {
  return styles.replace(/@font-face\s*{[^}]*}/g, (face) => {
    const [, file] = /url\((?:"|')?\.?\/?([^)"']+)/.exec(face) ?? [];
    const font = file === undefined ? undefined : assets.get(file);
    if (!font) throw new Error(`A font of the style sheet is not among its files: ${face}`);
    if (!/-latin-wght/.test(file!)) return '';
    return face.replace(/url\([^)]*\)/, `url(data:font/woff2;base64,${Buffer.from(font).toString('base64')})`);
  });
}

/** Returns a script in which no text ends the element around it. `\/` and `\x3c` mean the same in every string and pattern. */
const endsNowhere = (script: string) => script.replaceAll('</script', '<\\/script').replaceAll('<!--', '\\x3c!--');
