/**
 * For tests: reads XML strictly, and checks it against what the schema of Jenkins (junit-10.xsd of jenkinsci/xunit-plugin) allows, as a
 * table: the file is not included here. With xmllint-wasm 5.3.0 and the file itself, the reports of junit.test.ts were valid on 29
 * November 2026, and one with a `line` for a case was not.
 */

export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

/** Returns the root element. Throws for anything that is not well-formed. */
export function parseXml(source: string): XmlElement {
  const document: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [document];
  let at = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/.exec(source)?.[0].length ?? 0;
  const token =
    /<(?<closed>\/)?(?<name>[\w-]+)(?<attributes>(?: [\w-]+="[^"<&]*(?:&#\d+;[^"<&]*)*")*)(?<empty>\/)?>|(?<text>[^<&]+|&#\d+;)/y;
  while (at < source.length) {
    token.lastIndex = at;
    const groups = token.exec(source)?.groups;
    if (!groups) throw new Error(`Not well-formed at ${at}: ${source.slice(at, at + 60)}`);
    at = token.lastIndex;
    const parent = open.at(-1)!;
    if (groups.text !== undefined) parent.text += decoded(groups.text);
    else if (groups.closed) {
      if (open.pop()!.name !== groups.name) throw new Error(`</${groups.name}> closes another element.`);
    } else {
      const pairs = [...groups.attributes!.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, key, value]) => [
        key,
        decoded(value!),
      ]);
      const child = { name: groups.name!, attributes: Object.fromEntries(pairs), children: [], text: '' };
      parent.children.push(child);
      if (!groups.empty) open.push(child);
    }
  }
  if (open.length > 1 || document.children.length !== 1) throw new Error('It has no single root.');
  return document.children[0]!;
}

const decoded = (text: string) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

/** Of each element: its attributes, `!` after those that it must have, and what may be in it. */
const schema: Record<string, { attributes: string; children: string }> = {
  testsuites: { attributes: 'name time tests failures errors', children: 'testsuite' },
  testsuite: {
    attributes: 'name! tests! failures! errors! group time skipped timestamp hostname id package file log url',
    children: 'testsuite properties testcase system-out system-err',
  },
  testcase: { attributes: 'name! time classname group', children: 'skipped error failure system-out system-err' },
  failure: { attributes: 'type message', children: '' },
  error: { attributes: 'type message', children: '' },
  skipped: { attributes: 'type message', children: '' },
  'system-out': { attributes: '', children: '' },
};

/** Returns what the schema does not allow, as lines. */
export function schemaProblems(element: XmlElement): string[] {
  const rule = schema[element.name];
  if (!rule) return [`<${element.name}> is unknown`];
  const names = rule.attributes.split(' ');
  const present = Object.keys(element.attributes);
  const bare = names.map((name) => name.replace('!', ''));
  const { time } = element.attributes;
  return [
    ...present.filter((name) => !bare.includes(name)).map((name) => `<${element.name}> has no ${name}`),
    ...names
      .filter((name) => name.endsWith('!') && !present.includes(name.slice(0, -1)))
      .map((name) => `<${element.name}> lacks ${name.slice(0, -1)}`),
    ...(time === undefined || /^\d+\.\d{3}$/.test(time) ? [] : [`time="${time}"`]),
    ...element.children.flatMap((child) => [
      ...(rule.children.split(' ').includes(child.name) ? [] : [`<${child.name}> is in <${element.name}>`]),
      ...schemaProblems(child),
    ]),
  ];
}
