/**
 * For tests: takes the place of React's JSX runtime (see vitest.config.ts), and throws where two elements of a list have the same key.
 * On such a list a page leaves elements standing that are gone. React says so only in a browser, and only to developers.
 */
import { createRequire } from 'node:module';
import { isValidElement, type Fragment as ReactFragment, type ReactNode } from 'react';

interface Runtime {
  Fragment: typeof ReactFragment;
  jsxDEV(
    type: unknown,
    props: { children?: ReactNode },
    key: unknown,
    isStatic: boolean,
    ...more: unknown[]
  ): ReactNode;
}

const runtime = createRequire(import.meta.url)('react/jsx-dev-runtime') as Runtime;

export const { Fragment } = runtime;

export const jsxDEV: Runtime['jsxDEV'] = (type, props, key, isStatic, ...more) => {
  const { children } = props;
  // Several children that the source lists have no keys; a list among them does.
  const lists = isStatic && Array.isArray(children) ? children : [children];
  for (const list of lists) if (Array.isArray(list)) requireDistinctKeys(list, type);
  return runtime.jsxDEV(type, props, key, isStatic, ...more);
};

function requireDistinctKeys(list: readonly ReactNode[], type: unknown): void {
  const keys = list.flatMap((child) => (isValidElement(child) && child.key !== null ? [child.key] : []));
  const repeated = keys.find((key, index) => keys.indexOf(key) !== index);
  if (repeated === undefined) return;
  const name = typeof type === 'function' ? type.name : String(type);
  throw new Error(`Two elements in <${name}> have the key ${JSON.stringify(repeated)}.`);
}
