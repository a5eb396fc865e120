/** For tests: whatever text a learner types, a saved scenario holds it as text. */
import vm from 'node:vm';
import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import type { ManualAction } from '../scenarios/engine/actions.ts';
import type { Cast } from '../scenarios/engine/cast.ts';
import { sidOf } from '../scenarios/engine/identity.ts';
import type { Scenario } from '../scenarios/engine/scenario.ts';
import { type Code, concatenated, json, literal } from '../server/lab/freePlay/savedScenario/code.ts';
import { cookieEdit } from '../server/lab/freePlay/savedScenario/cookieEdit.ts';
import { fileText } from '../server/lab/freePlay/savedScenario/file.ts';
import { manualStep } from '../server/lab/freePlay/savedScenario/manualStep.ts';
import { createNames } from '../server/lab/freePlay/savedScenario/names.ts';
import { header } from './trace.ts';

const sid = 'Aliceeeeeeeeeeeeeeeeeeeeeeeeeeee';
const inAnotherRun = 'Bobbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';

/** Pieces that end a literal, a comment or an expression somewhere, and any other text between them. */
const piece = fc.oneof(
  fc.constantFrom(
    ...['`', '$', '{', '}', '${', "'", '"', '\\', '\\u', '\\x41', '*/', '/*', '//', '\n', '\r', '\u2028', '\u2029'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it must stay text
    ...['</script>', '<!--', 'ran()', '${ran()}', '`+ran()+`', "'+ran()+'", 'await ran()', 'sidOf(', '__proto__', ' '],
    ...['\0', '\u202e', '\ud800', '\udc00', '\u{e0001}', '\ufeff', 'é', '🙂', sid],
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

const world: Record<string, unknown> = vm.createContext({ ran: () => (world.didRun = true), didRun: false });

/** Evaluates code in a world that has nothing but `id`. Whatever else it read would throw, and `didRun` tells what it called. */
function evaluate(code: string, id?: string): unknown {
  world.id = id;
  const result = vm.runInContext(`'use strict'; (${code})`, world as vm.Context);
  expect(world.didRun).toBe(false);
  return result;
}

/** A value of another world has other prototypes. */
const plain = (value: unknown) => JSON.stringify(value, (_, inside) => (Object.is(inside, -0) ? '-0' : inside));

/** Returns the kinds of everything in a file that is not plain: templates, regular expressions, comments. */
function suspiciousIn(code: string): string[] {
  const file = ts.createSourceFile('saved.ts', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  // biome-ignore lint/suspicious/noExplicitAny: TypeScript does not publish the errors of its parser
  const found: string[] = (file as any).parseDiagnostics.map(({ messageText }: ts.Diagnostic) => String(messageText));
  const unwanted = new Set([
    ts.SyntaxKind.TemplateExpression,
    ts.SyntaxKind.NoSubstitutionTemplateLiteral,
    ts.SyntaxKind.TaggedTemplateExpression,
    ts.SyntaxKind.RegularExpressionLiteral,
  ]);
  const visit = (node: ts.Node): void => {
    if (unwanted.has(node.kind)) found.push(ts.SyntaxKind[node.kind]);
    if (ts.isIdentifier(node) && node.text === 'ran') found.push('the identifier ran');
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const cookie = { name: '__Host-sid', domain: 'shop.example', path: '/' };
const action = fc.oneof(
  text.map((value): ManualAction => ({ do: 'edit-cookie', actor: 'alice', ...cookie, value })),
  text.map((value): ManualAction => ({ do: 'set-key', key: 'sandbox:test:k', value })),
  text.map((value): ManualAction => ({ do: 'redis', line: `SET k ${JSON.stringify(value)}` })),
  text.map((name): ManualAction => ({ do: 'redis', line: `KEYS ${JSON.stringify(name)}` })),
  text.map((key): ManualAction => ({ do: 'delete-key', key })),
  fc.tuple(text, text, fc.constantFrom(null, 'https://evil.example'), fc.option(text)).map(
    ([path, value, origin, body]): ManualAction => ({
      ...{ do: 'request', actor: 'alice', method: 'POST', url: `/${path}`, headers: [['X-A', value]] },
      ...{ origin: origin ?? 'https://shop.example', body },
    }),
  ),
  fc.json().map(
    (body): ManualAction => ({
      ...{ do: 'request', actor: 'alice', method: 'POST', url: '/x', origin: 'https://shop.example', body },
      headers: [['Content-Type', 'application/json']],
    }),
  ),
);

/** Writes down what is called, at any depth. */
function calls() {
  const seen: unknown[] = [];
  const actor = (name: string): unknown =>
    new Proxy(
      {},
      {
        get: (_, method) =>
          method === 'on'
            ? (origin: string) => actor(`${name} on ${origin}`)
            : method === 'cookie'
              ? () => ({ name: cookie.name, value: `s%3A${inAnotherRun}.c2ln` })
              : method === 'then'
                ? undefined
                : (...args: unknown[]) => {
                    const plainArgs = args.map((arg) => (typeof arg === 'function' ? arg(`s%3A${sid}.c2ln`) : arg));
                    seen.push(JSON.stringify([name, method, plainArgs]));
                    return Promise.resolve([]);
                  },
      },
    );
  return { seen, cast: { alice: actor('alice'), world: actor('world') } as unknown as Cast };
}

/**
 * Defines the tests.
 *
 * @param share of the texts that the full tests try
 */
export function testHostileText(share: number): void {
  describe('any text', () => {
    test('comes out of its literal as it was, in visible characters', () => {
      fc.assert(
        fc.property(text, (value) => {
          const code = literal(value).text;
          expect(evaluate(code)).toBe(value);
          expect(code).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
        }),
        { numRuns: 200 * share },
      );
    });

    test('comes out of a JSON value as it was', () => {
      fc.assert(
        fc.property(fc.json({ stringUnit: 'binary', maxDepth: 3 }), fc.dictionary(text, text), (body, strings) => {
          for (const value of [JSON.parse(body), { ...strings }, JSON.parse('{"__proto__":{"a":1}}')]) {
            expect(plain(evaluate(json(value).text))).toBe(plain(value));
          }
        }),
        { numRuns: 100 * share },
      );
    });

    test('stays text beside session IDs, also where a browser has no such cookie', () => {
      const id = (value: string | undefined): Code<string> => ({
        text: 'id',
        uses: ['alice'],
        value: () => String(value),
      });
      fc.assert(
        fc.property(
          fc.array(fc.oneof(text, fc.constant(null)), { maxLength: 5 }),
          fc.constantFrom(sid, undefined),
          (parts, value) => {
            const { text: code } = concatenated(parts.map((part) => part ?? id(value)));
            if (parts.length > 1 || typeof parts[0] === 'string')
              expect(evaluate(code, value)).toBe(parts.map((part) => part ?? String(value)).join(''));
          },
        ),
        { numRuns: 200 * share },
      );
    });
  });

  test('the value of a cookie is edited again in the same way, whatever was typed', async () => {
    const sessionIds = new Map<string, Code<string>>([
      [sid, { text: 'id', uses: ['alice'], value: () => inAnotherRun }],
    ]);
    await fc.assert(
      fc.asyncProperty(text, text, async (before, after) => {
        const edit = cookieEdit(before, after, sessionIds);
        const printed = evaluate(edit.text, inAnotherRun) as (value: string) => string;
        const expected = before.includes(sid) ? after : after.replaceAll(sid, inAnotherRun);
        const measured = (await edit.value({} as Cast))(before);
        expect(printed(before)).toBe(measured);
        if (before !== after && !before.includes(sid)) expect(measured).toBe(expected);
      }),
      { numRuns: 400 * share },
    );
  });

  test('a saved file does what was measured, and runs nothing that was typed', async () => {
    const names = createNames('sandbox:test:', cookie.name);
    const stored = {
      ...cookie,
      value: `s%3A${sid}.c2ln`,
      hostOnly: true,
      secure: true,
      httpOnly: true,
      sameSite: 'lax',
    };
    names.follow({
      ...{ type: 'jar', seq: 0, at: 0, step: null, actor: 'alice', cause: { by: 'closed' } },
      cookies: [{ ...stored, expiresAt: null, sid } as never],
    });
    const base = { slug: 'session-fixation' } as Scenario;
    await fc.assert(
      fc.asyncProperty(action, text, async (one, title) => {
        // An address that no request can have is refused before it is saved.
        fc.pre(one.do !== 'request' || URL.canParse(one.url, 'https://shop.example'));
        const step = manualStep(one, { header, names: names.at(0), unanswered: false });
        const file = fileText(
          base,
          { ...base, title } as Scenario,
          [{ manual: step }],
          [{ vulnerable: title, protected: 401 }],
        );
        expect(suspiciousIn(file)).toEqual([]);

        const measured = calls();
        for (const call of step.calls) await call.value(measured.cast);
        const played = calls();
        const code = ts.transpileModule(file, {
          compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
        });
        const exports: { default?: { steps: { act(cast: Cast): Promise<void> }[] } } = {};
        let ran = false;
        const require = () => ({ scenario: (value: unknown) => value, sidOf, default: base });
        vm.runInNewContext(code.outputText, { exports, require, ran: () => (ran = true) });
        await exports.default!.steps[0]!.act(played.cast);
        expect(played.seen).toEqual(measured.seen);
        expect(ran).toBe(false);
      }),
      { numRuns: 120 * share },
    );
  });
}
