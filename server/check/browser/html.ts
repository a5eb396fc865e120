/** The forms of a page, as far as somebody needs them who fills them in. Not a parser of all HTML: scripts are not run. */

export interface Form {
  /** As written; '' when it has none, which means the page itself. */
  action: string;
  /** In capitals. */
  method: 'GET' | 'POST';
  /** What would be sent if nobody changed anything, by names. Buttons are left out. */
  values: Record<string, string>;
  /** The names of all its fields, those without a value included. */
  names: readonly string[];
  /** The submit button's name and value, which go along when it is pressed. */
  button: readonly [name: string, value: string] | null;
}

/** Returns the forms of a page, in order. */
export function formsIn(html: string): Form[] {
  const plain = html.replace(/<!--.*?-->|<(script|style|template)\b.*?<\/\1\s*>/gis, '');
  return [...plain.matchAll(/<form\b([^>]*)>(.*?)(?=<\/form\s*>|<form\b|$)/gis)].map(
    ([, attributes = '', inside = '']) => formOf(attributesOf(attributes), inside),
  );
}

/** Returns the addresses in a page that a click, or loading it, would request. */
export function addressesIn(html: string): string[] {
  return [...html.matchAll(/\b(?:href|src|action|formaction)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi)].map(
    ([, value = '']) => unescaped(value.replace(/^(["'])(.*)\1$/s, '$2')),
  );
}

function formOf(attributes: Map<string, string>, inside: string): Form {
  const values: Record<string, string> = {};
  const names: string[] = [];
  let button: Form['button'] = null;
  const controls =
    /<(input|button)\b([^>]*)>|<(select)\b([^>]*)>(.*?)<\/select\s*>|<(textarea)\b([^>]*)>(.*?)<\/textarea\s*>/gis;
  for (const [
    ,
    single,
    ofSingle = '',
    select,
    ofSelect = '',
    options = '',
    area,
    ofArea = '',
    text = '',
  ] of inside.matchAll(controls)) {
    const its = attributesOf(single ? ofSingle : select ? ofSelect : ofArea);
    const name = its.get('name') ?? '';
    if (its.has('disabled')) continue;
    const type = (its.get('type') ?? (single?.toLowerCase() === 'button' ? 'submit' : 'text')).toLowerCase();
    if (single && (type === 'submit' || type === 'image')) {
      if (name !== '') button ??= [name, its.get('value') ?? ''];
      continue;
    }
    if (name === '' || (single && (type === 'reset' || type === 'button' || type === 'file'))) continue;
    names.push(name);
    if (area) values[name] = unescaped(text.replace(/^\r?\n/, ''));
    else if (select) values[name] = chosen(options);
    else if (type !== 'checkbox' && type !== 'radio') values[name] = its.get('value') ?? '';
    else if (its.has('checked')) values[name] = its.get('value') ?? 'on';
  }
  const method = (attributes.get('method') ?? '').toUpperCase() === 'POST' ? 'POST' : 'GET';
  return { action: attributes.get('action') ?? '', method, values, names, button };
}

function chosen(options: string): string {
  const all = [...options.matchAll(/<option\b([^>]*)>([^<]*)/gi)].map(([, its = '', text = '']) => ({
    its: attributesOf(its),
    text: unescaped(text).trim(),
  }));
  const one = all.find(({ its }) => its.has('selected')) ?? all[0];
  return one ? (one.its.get('value') ?? one.text) : '';
}

/** By names in lower case. Of two with the same name, the first counts (HTML standard, 13.2.5.33). */
function attributesOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', , double, single, bare] of text.matchAll(
    /([^\s=/"'>]+)(\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g,
  )) {
    const key = name.toLowerCase();
    if (!found.has(key)) found.set(key, unescaped(double ?? single ?? bare ?? ''));
  }
  return found;
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name) return named[name.toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
