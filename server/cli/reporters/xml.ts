/** Text in XML 1.0. */

/**
 * Escapes a text for an element. Characters that XML cannot hold, not even as references, are left out: most control characters, half of
 * a surrogate pair, U+FFFE and U+FFFF.
 */
export function xmlText(text: string): string {
  return text.replace(forbidden, '').replace(/[&<>"'\r]/g, reference);
}

/** Escapes a text for an attribute, which would lose its line breaks. */
const attributeText = (text: string) => xmlText(text).replace(/[\t\n]/g, reference);

const reference = (character: string) => `&#${character.charCodeAt(0)};`;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are searched for
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/gu;

type Attributes = Record<string, string | number>;

/** Returns an element with its children, which are XML already. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${attributeText(String(value))}"`);
  const open = `<${name}${written.join('')}`;
  return children.length === 0 ? `${open}/>` : `${open}>${children.join('')}</${name}>`;
}
