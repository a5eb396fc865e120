import { target } from 'session-sandbox';

export default target({
  origin: process.env.SHOP_ORIGIN ?? 'http://127.0.0.1:8084',
  people: {
    alice: { name: 'alice', password: process.env.SHOP_ALICE_PASSWORD },
    mallory: { name: 'mallory', password: process.env.SHOP_MALLORY_PASSWORD },
  },
  login: (browser, { name, password }) => browser.form('/login', { name, password }),
  async who(browser) {
    const { text } = await browser.visit('/account');
    return /id="who">([^<]+)/.exec(text)?.[1] ?? null;
  },
  logout: (browser) => browser.form('/account', {}, { action: '/logout' }),
  visit: '/account',
  change: (browser, text) => browser.form('/account', { nickname: text }),
  limits: { idle: Number(process.env.SHOP_IDLE ?? 900) },
});
