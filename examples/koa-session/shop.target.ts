import { target } from 'session-sandbox';

export default target({
  origin: process.env.SHOP_ORIGIN ?? 'http://127.0.0.1:8083',
  people: {
    alice: { name: 'alice@shop.example', password: process.env.SHOP_ALICE_PASSWORD },
    mallory: { name: 'mallory@shop.example', password: process.env.SHOP_MALLORY_PASSWORD },
  },
  login: (browser, { name, password }) => browser.post('/api/login', { email: name, password }),
  who: async (browser) => (await browser.get('/api/me')).json?.email ?? null,
  logout: (browser) => browser.post('/api/logout'),
  change: (browser, text) => browser.send('PUT', '/api/nickname', { json: { nickname: text } }),
  sessions: {
    list: async (browser) => (await browser.get('/api/sessions')).json,
    endOthers: (browser) => browser.send('DELETE', '/api/sessions'),
  },
});
