/**
 * For tests: takes the place of React's JSX runtime (see vitest.config.ts), and throws where two elements of a list have the same key.
 * On such a list a page leaves elements standing that are gone. React says so only in a browser, and only to developers.
 */
import { createRequire } from 'node:module';
import * as React from 'react';
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

/**
 * React records the stack of each element for its developer tools, up to a number of elements. Nobody reads the stacks here, and they take
 * as long as the drawing. If a later React counts in another way, tests take longer.
 */
const internals = (React as unknown as Record<string, { recentlyCreatedOwnerStacks?: number } | undefined>)
  .__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE;

function recordNoStack(): void {
  if (internals?.recentlyCreatedOwnerStacks !== undefined)
    internals.recentlyCreatedOwnerStacks = Number.MAX_SAFE_INTEGER - 1;
}

export const { Fragment } = runtime;

export const jsxDEV: Runtime['jsxDEV'] = (type, props, key, isStatic, ...more) => {
  recordNoStack();
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
