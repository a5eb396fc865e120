import type { BrowserRequest } from '../../lab/browser/exchange.ts';
import { parseUrl } from '../../lab/network/parseUrl.ts';
import { RecipeWrong } from '../errors.ts';
import type { Answer, Browser, SendOptions } from '../target.ts';
import { type Form, formsIn } from './html.ts';
import type { Tab } from './tab.ts';

/** What a recipe can do with a browser. */
export function recipeBrowser(tab: Tab): Browser {
  const address = (path: string) => {
    const url = parseUrl(path, tab.initiator());
    if (url) return url;
    throw new RecipeWrong(`The recipe asks for "${path}", which is no address.`);
  };

  function fetch(method: string, path: string, { headers = {}, ...options }: SendOptions = {}): Promise<Answer> {
    const forbidden = Object.keys(headers).find((name) => /^(cookie|host|origin|content-length)$/i.test(name));
    if (forbidden) throw new RecipeWrong(`The recipe sets the header ${forbidden}, which no page can set.`);
    const body = bodyOf(options);
    const request = { method, url: address(path), initiator: tab.initiator(), navigation: false };
    return tab.request({ ...request, body, options: { headers } });
  }

  function submit(url: URL, method: string, fields: Record<string, string>): Promise<Answer> {
    const request = { initiator: tab.initiator(), navigation: true, note: 'a form' };
    if (method === 'POST') return tab.request({ ...request, method, url, body: bodyOf({ fields }) });
    const to = new URL(url);
    to.search = new URLSearchParams(fields).toString();
    return tab.request({ ...request, method: 'GET', url: to });
  }

  return {
    visit: (path) => tab.visit(address(path).href),
    async form(page, fields = {}, { action } = {}) {
      const { url, text } = await tab.visit(address(page).href);
      const form = formWith(formsIn(text), Object.keys(fields), (form) => isSentTo(form, action, url));
      if (form === null) throw new RecipeWrong(noForm(page, tab, Object.keys(fields), action));
      const button = form.button ? { [form.button[0]]: form.button[1] } : {};
      return submit(new URL(form.action || url, url), form.method, { ...form.values, ...button, ...fields });
    },
    submit: (action, fields = {}) => submit(address(action), 'POST', fields),
    async fields(page) {
      const { text } = await tab.visit(address(page).href);
      return Object.assign(
        {},
        ...formsIn(text)
          .map(({ values }) => values)
          .reverse(),
      );
    },
    get: (path, options) => fetch('GET', path, options),
    post: (path, json, options) => fetch('POST', path, { ...options, ...(json !== undefined && { json }) }),
    send: fetch,
    cookie: (name) => tab.cookies().find((cookie) => cookie.name === name)?.value,
    get last() {
      if (!tab.last) throw new RecipeWrong('The recipe reads browser.last before it has asked anything.');
      return tab.last;
    },
  };
}

function bodyOf({ json, fields }: SendOptions): BrowserRequest['body'] {
  if (json !== undefined) return { type: 'application/json', text: JSON.stringify(json) };
  if (fields === undefined) return undefined;
  return { type: 'application/x-www-form-urlencoded', text: new URLSearchParams(fields).toString() };
}

/** The first form that has all these fields. A form without fields, such as a logout button, is the first one that posts. */
function formWith(forms: readonly Form[], names: readonly string[], isMeant: (form: Form) => boolean): Form | null {
  const fitting = forms
    .filter(isMeant)
    .filter((form) => names.every((name) => form.names.includes(name) || form.button?.[0] === name));
  if (names.length > 0) return fitting[0] ?? null;
  return fitting.find(({ method }) => method === 'POST') ?? fitting[0] ?? null;
}

const isSentTo = ({ action }: Form, wanted: string | undefined, page: string) =>
  wanted === undefined || new URL(action || page, page).pathname === new URL(wanted, page).pathname;

function noForm(page: string, { last }: Tab, names: readonly string[], action: string | undefined): string {
  const sentTo = action === undefined ? '' : ` that is sent to ${action}`;
  const fields = `${names.length > 0 ? ` with the fields ${names.join(', ')}` : ''}${sentTo}`;
  return `${page} answered ${last?.status} and has no form${fields}. Is it another page, or browser.submit() that is meant?`;
}
